import type { Hunk } from '../../model/improvement';
import { splitLines } from '../../prompt/splitLines';

/** The lines of a hunk that were not in the prompt before: what it keeps or moves is not its to answer for. */
export function addedText({ before, after }: Pick<Hunk, 'before' | 'after'>): string {
  const kept = new Set(splitLines(before).map((line) => line.trim()));
  return splitLines(after)
    .filter((line) => !kept.has(line.trim()))
    .join('');
}
