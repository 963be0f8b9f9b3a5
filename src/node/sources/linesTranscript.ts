import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as z from 'zod/mini';
import type {
  OpenTranscript,
  ParsedTranscript,
  TranscriptFile,
  TranscriptReader,
} from '../../core/capture/correctionSource';
import type { Skipped } from '../../core/ports';
import { LineCutter, markBytes } from './lineCutter';
import { none, transcriptFile, unreadableTranscript } from './transcriptFile';
import { unreadable } from './transcriptFiles';

/** Bytes that are read at a time. */
const chunkBytes = 512 * 1024;
/** For all files: what is read into it is made into lines, or copied, before anything else runs. */
const chunkBuffer = Buffer.allocUnsafe(chunkBytes);

const markSchema = z.object({ bytes: z.number(), hash: z.string() });
type Mark = z.infer<typeof markSchema>;

const pointSchema = z.object({
  /** Bytes that were read: to the end of a line. */
  offset: z.number(),
  /** Lines that were read. */
  lines: z.number(),
  /** The last line had no line end yet. */
  unended: z.boolean(),
  mtimeMs: z.number(),
  ino: z.number(),
  /** SHA-256 and number of the first bytes and of those right before the point. */
  head: markSchema,
  tail: markSchema,
  /** The reader's own. */
  memory: z.unknown(),
});
type Point = z.infer<typeof pointSchema>;

export interface LinesFormat {
  /** A reader that goes on from the memory of an earlier one, or begins. */
  readonly reader: (file: TranscriptFile, memory: unknown) => TranscriptReader | Promise<TranscriptReader>;
}

/**
 * Opens a transcript that grows by lines (JSON Lines). Behind a point only the new bytes are read, as long as the file is
 * still the one that was read: the same inode, not shorter, the same first bytes and the same bytes before the point. A
 * last line that is cut off in the middle is left for the next time, and told as skipped until then.
 */
export async function openLinesTranscript(
  root: string,
  file: string,
  from: unknown,
  format: LinesFormat,
): Promise<OpenTranscript> {
  // By synchronous calls, a chunk at a time: waiting for each small file took longer than reading it.
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const stats = fstatSync(handle);
    const last = pointSchema.safeParse(from);
    const known = last.success && isStill(handle, stats, last.data) ? last.data : undefined;
    if (known && known.offset === stats.size) {
      closeSync(handle);
      return { news: 'nothing', pieces: none, point: () => ({ ...known, mtimeMs: stats.mtimeMs }) };
    }
    const about = transcriptFile(root, file, stats);
    const reader = await format.reader(about, known?.memory);
    const reading = new LinesReading(handle, about, reader, stats.size, known);
    return {
      news: known ? 'more' : 'whole',
      pieces: () => reading.pieces(),
      point: () => reading.point(stats),
    };
  } catch (error) {
    if (handle !== undefined) closeSync(handle);
    return unreadableTranscript(file, error);
  }
}

function isStill(
  handle: number,
  stats: { readonly size: number; readonly ino: number; readonly mtimeMs: number },
  point: Point,
): boolean {
  if (stats.ino !== point.ino || stats.size < point.offset) return false;
  if (stats.size === point.offset && stats.mtimeMs === point.mtimeMs) return true;
  const { head, tail, offset } = point;
  return isAt(handle, 0, head) && isAt(handle, offset - tail.bytes, tail);
}

function isAt(handle: number, from: number, mark: Mark): boolean {
  const bytes = Buffer.alloc(mark.bytes);
  return markOf(bytes.subarray(0, readSync(handle, bytes, 0, mark.bytes, from))).hash === mark.hash;
}

function markOf(bytes: Buffer): Mark {
  return { bytes: bytes.length, hash: createHash('sha256').update(bytes).digest('hex') };
}

class LinesReading {
  readonly #cutter: LineCutter;
  #head: Mark | undefined;

  constructor(
    readonly handle: number,
    readonly file: TranscriptFile,
    readonly reader: TranscriptReader,
    /** Bytes of the file when it was opened: what comes later is for the next time. */
    readonly size: number,
    from: Point | undefined,
  ) {
    this.#head = from?.head;
    this.#cutter = new LineCutter(from?.offset ?? 0, from?.lines ?? 0, from?.unended ?? false);
  }

  async *pieces(): AsyncGenerator<ParsedTranscript> {
    try {
      while (this.#cutter.position < this.size) {
        const wanted = Math.min(chunkBytes, this.size - this.#cutter.position);
        const bytesRead = readSync(this.handle, chunkBuffer, 0, wanted, this.#cutter.position);
        if (bytesRead === 0) break;
        const chunk = chunkBuffer.subarray(0, bytesRead);
        this.#head ??= markOf(chunk.subarray(0, markBytes));
        const lines = this.#cutter.take(chunk);
        if (lines.length > 0) yield this.reader.read(lines);
        if (this.#cutter.position < this.size) await nextTurn();
      }
      yield* this.#last();
    } catch (error) {
      yield { traces: [], skipped: [unreadable(this.file.path, error)], unknownTypes: {} };
    } finally {
      closeSync(this.handle);
    }
  }

  /** A last line without a line end: read when it is whole, and left for the next time when it is not. */
  *#last(): Generator<ParsedTranscript> {
    const line = this.#cutter.rest();
    if (line === undefined) return;
    if (isWhole(line.text)) {
      this.#cutter.takeRest();
      yield this.reader.read([line]);
      return;
    }
    const skipped: Skipped = {
      path: this.file.path,
      line: line.number,
      reason: 'not JSON: cut off; it is read once it is whole',
    };
    yield { traces: [], skipped: [skipped], unknownTypes: {}, provisional: true };
  }

  point({ mtimeMs, ino }: { readonly mtimeMs: number; readonly ino: number }): Point {
    const { offset, lines, unended } = this.#cutter;
    const head = this.#head ?? markOf(Buffer.alloc(0));
    const tail = markOf(this.#cutter.tail);
    return { offset, lines, unended, mtimeMs, ino, head, tail, memory: this.reader.memory() };
  }
}

function isWhole(text: string): boolean {
  if (text.trim() === '') return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
