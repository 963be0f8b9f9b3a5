import { readFile, stat } from 'node:fs/promises';
import * as z from 'zod/mini';
import type { OpenTranscript, ParsedTranscript, TranscriptFile } from '../../core/capture/correctionSource';
import { none, once, transcriptFile, unreadableTranscript } from './transcriptFile';

/** A text of more bytes would not fit into the memory that an import may take. */
const mostBytes = 64 * 1024 * 1024;

const pointSchema = z.object({ size: z.number(), mtimeMs: z.number(), ino: z.number() });

/**
 * Opens a transcript that its tool rewrites, or that can only be understood as a whole: nothing new while size, time of
 * change and inode are those of the point, else all of it.
 */
export async function openWholeTranscript(
  root: string,
  file: string,
  from: unknown,
  parse: (text: string, file: TranscriptFile) => ParsedTranscript | Promise<ParsedTranscript>,
): Promise<OpenTranscript> {
  try {
    const stats = await stat(file);
    const { size, mtimeMs, ino } = stats;
    const point = { size, mtimeMs, ino };
    const last = pointSchema.safeParse(from);
    if (last.success && last.data.size === size && last.data.mtimeMs === mtimeMs && last.data.ino === ino) {
      return { news: 'nothing', pieces: none, point: () => point };
    }
    const about = transcriptFile(root, file, stats);
    if (size > mostBytes) {
      const reason = `larger than ${mostBytes / 1024 / 1024} MB, which is more than is read of a file that has to be read as a whole`;
      const skipped = [{ path: about.path, line: 0, reason }];
      return {
        news: 'whole',
        pieces: () => once({ traces: [], skipped, unknownTypes: {} }),
        point: () => point,
      };
    }
    const parsed = await parse(await readFile(file, 'utf8'), about);
    return { news: 'whole', pieces: () => once(parsed), point: () => point };
  } catch (error) {
    return unreadableTranscript(file, error);
  }
}
