import { lstat, readFile } from 'node:fs/promises';
import { type HabitEntry, habitEntrySchema, mostHabitEntries } from '../core/model/habit';
import type { Skipped } from '../core/ports';
import { isMissing } from './errorsFromNode';
import { decodeUtf8 } from './jsonText';
import { readEntry } from './segmentReader';

/** Larger than a file with the most and the longest entries can be. Bytes. */
const largest = 8_000_000;
/** Lines that are looked at, and those of them that are named where they cannot be read. */
const mostLines = 2 * mostHabitEntries;
const mostFaults = 20;

/** A project's file of the index. Another program may have written anything there: it is data, and what is not of the index stays. */
export type HabitFile =
  | { readonly kind: 'none' }
  /** Nothing of the index; it is left alone. */
  | { readonly kind: 'foreign'; readonly skipped: readonly Skipped[] }
  | {
      readonly kind: 'entries';
      readonly text: string;
      /** With the permission bits. */
      readonly mode: number;
      readonly entries: readonly HabitEntry[];
      /** Lines that are no entries of this project, as they stand. */
      readonly strange: readonly string[];
      readonly skipped: readonly Skipped[];
    };

/** Links are not followed. @throws what the file system throws when it refuses to read a file that is there */
export async function readHabitFile(path: string, pathHash: string): Promise<HabitFile> {
  const foreign = (reason: string): HabitFile => ({ kind: 'foreign', skipped: [{ path, line: 0, reason }] });
  try {
    const status = await lstat(path);
    if (!status.isFile()) return foreign('it is no file');
    if (status.size > largest) return foreign(`it is larger than ${largest / 1_000_000} MB`);
    const text = decodeUtf8(await readFile(path));
    if (text === undefined) return foreign('it is not UTF-8 text');
    const lines = text.split('\n', mostLines + 1);
    if (lines.length > mostLines) return foreign(`it has more than ${mostLines} lines`);
    return { kind: 'entries', text, mode: status.mode, ...entriesOf(lines, path, pathHash) };
  } catch (cause) {
    if (isMissing(cause)) return { kind: 'none' };
    throw cause;
  }
}

function entriesOf(lines: readonly string[], path: string, pathHash: string) {
  const entries: HabitEntry[] = [];
  const strange: string[] = [];
  const skipped: Skipped[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const entry = readEntry(habitEntrySchema, Buffer.from(line));
    if (entry.ok && entry.value.pathHash === pathHash) {
      entries.push(entry.value);
      continue;
    }
    strange.push(line);
    skipped.push({ path, line: index + 1, reason: entry.ok ? 'it is of another project' : entry.reason });
  }
  const more = skipped.length - mostFaults;
  const said = skipped.slice(0, mostFaults);
  if (more > 0) said.push({ path, line: 0, reason: `${more} more lines cannot be read` });
  if (entries.length > mostHabitEntries) {
    said.push({
      path,
      line: 0,
      reason: `it holds more than ${mostHabitEntries} corrections; the last count`,
    });
  }
  return { entries: entries.slice(-mostHabitEntries), strange, skipped: said };
}
