import { open, readFile, stat } from 'node:fs/promises';
import * as z from 'zod/mini';
import { Breath } from './breath';
import { decodeUtf8, readJson } from './jsonText';
import { describeIssue } from './schemaIssues';

const newline = 0x0a;

export interface Segment<T> {
  readonly entries: readonly T[];
  /** Lines that cannot be read; `line` counts from 1. */
  readonly faults: readonly { readonly line: number; readonly reason: string }[];
}

interface Known {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
  /** The last line had its end. */
  readonly ended: boolean;
  readonly lines: number;
  readonly segment: Segment<unknown>;
}

/**
 * Reads segments of append-only logs, and keeps what it read of each while the file is the same: a log is read much more
 * often than it is written.
 */
export class SegmentReader {
  // A path belongs to one log, and so to one schema.
  readonly #known = new Map<string, Known>();

  /** @throws what the file system throws */
  async read<T>(path: string, schema: z.ZodMiniType<T>): Promise<Segment<T>> {
    const { size, mtimeMs, ino } = await stat(path);
    const known = this.#known.get(path);
    const same = known?.ino === ino ? known : undefined;
    if (same && same.size === size && same.mtimeMs === mtimeMs) return same.segment as Segment<T>;
    // A log only grows, or is replaced by another file: what stands behind whole lines is new.
    const from = same?.ended && size > same.size ? same.size : 0;
    const bytes = await bytesFrom(path, from);
    const added = await readSegment(bytes, schema, from === 0 ? 0 : (same?.lines ?? 0));
    const before = from === 0 ? undefined : (same?.segment as Segment<T> | undefined);
    const segment: Segment<T> = {
      entries: [...(before?.entries ?? []), ...added.entries],
      faults: [...(before?.faults ?? []), ...added.faults],
    };
    // What was appended between the two looks is read again the next time.
    if (from + bytes.length === size) {
      this.#known.set(path, { size, mtimeMs, ino, ended: added.ended, lines: added.lines, segment });
    }
    return segment;
  }
}

async function bytesFrom(path: string, from: number): Promise<Buffer> {
  if (from === 0) return readFile(path);
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** With pauses: a segment of a long history takes seconds, in which an editor must go on. */
async function readSegment<T>(
  bytes: Buffer,
  schema: z.ZodMiniType<T>,
  linesBefore: number,
): Promise<Segment<T> & { readonly ended: boolean; readonly lines: number }> {
  const breath = new Breath();
  const entries: T[] = [];
  const faults: { line: number; reason: string }[] = [];
  const ended = bytes.length === 0 || bytes.at(-1) === newline;
  const lines = linesOf(bytes);
  for (const [index, part] of lines.entries()) {
    if (breath.isDue) await breath.take();
    if (part.length === 0) continue;
    const entry = readEntry(schema, part);
    const cut = !ended && index === lines.length - 1;
    if (entry.ok) entries.push(entry.value);
    else {
      const reason = cut ? `${entry.reason} (cut off)` : entry.reason;
      faults.push({ line: linesBefore + index + 1, reason });
    }
  }
  return { entries, faults, ended, lines: linesBefore + lines.length };
}

/** The lines without their ends; the last is one too when it has no end. */
export function linesOf(bytes: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(newline, start);
    const end = found === -1 ? bytes.length : found;
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

export function readEntry<T>(
  schema: z.ZodMiniType<T>,
  bytes: Uint8Array,
): { ok: true; value: T } | { ok: false; reason: string } {
  const text = decodeUtf8(bytes);
  if (text === undefined) return { ok: false, reason: 'it is not UTF-8 text' };
  const json = readJson(text);
  if (!json.ok) return json;
  const checked = z.safeParse(schema, json.value);
  if (checked.success) return { ok: true, value: checked.data };
  return { ok: false, reason: describeIssue(checked.error.issues[0]) };
}
