import type { Stats } from 'node:fs';
import path from 'node:path';
import type { OpenTranscript, ParsedTranscript, TranscriptFile } from '../../core/capture/correctionSource';
import { unreadable } from './transcriptFiles';

/** What a parser is told of a file. `root` is the workspace. */
export function transcriptFile(root: string, file: string, { mtime }: Pick<Stats, 'mtime'>): TranscriptFile {
  return {
    path: shownPath(root, file),
    name: path.basename(file, path.extname(file)),
    fallbackTime: mtime.toISOString(),
  };
}

function shownPath(root: string, file: string): string {
  const relative = path.relative(root, file);
  const inside = relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
  return inside ? relative.split(path.sep).join('/') : file;
}

/** A transcript of which nothing can be read: it says so, and is tried again the next time. */
export function unreadableTranscript(file: string, error: unknown): OpenTranscript {
  return {
    news: 'whole',
    pieces: () => once({ traces: [], skipped: [unreadable(file, error)], unknownTypes: {} }),
    point: () => undefined,
  };
}

export async function* once(piece: ParsedTranscript): AsyncGenerator<ParsedTranscript> {
  yield piece;
}

export async function* none(): AsyncGenerator<ParsedTranscript> {
  // Nothing new, nothing to tell.
}
