import type { Hunk } from '../model/improvement';
import { byteOrderMark, splitLines, stripLineEnd } from '../prompt/splitLines';
import { applyHunks, hunkText } from './applyHunks';

/**
 * Where a hunk's own lines stand among others. `lead`: its first lines that a neighbour brings already (a
 * shared heading).
 */
export interface Place {
  /** Line (from 0) in both texts. */
  readonly start: number;
  readonly lead: number;
}

/**
 * Lines without their ends and without the byte-order mark: what a reader sees, whatever an editor does to
 * line ends.
 */
export function bareLines(text: string): string[] {
  return splitLines(text.startsWith(byteOrderMark) ? text.slice(1) : text).map(stripLineEnd);
}

/**
 * The place at which replacing the hunk's `before` by its text turns one text into the other; of several the
 * one nearest to `hint`. `undefined` when no such place exists.
 */
export function placeHunk(without: string, applied: string, hunk: Hunk, hint: number): Place | undefined {
  const from = bareLines(without);
  const to = bareLines(applied);
  const before = bareLines(hunk.before);
  const after = bareLines(hunkText(hunk));
  const lead = from.length - before.length + after.length - to.length;
  if (lead < 0 || lead > after.length) return undefined;
  const own = after.slice(lead);
  const first = Math.max(0, from.length - before.length - commonSuffix(from, to));
  let best: Place | undefined;
  for (let start = first; start <= commonPrefix(from, to); start++) {
    if (!standsAt(from, start, before) || !standsAt(to, start, own)) continue;
    if (!best || Math.abs(start - hint) < Math.abs(best.start - hint)) best = { start, lead };
  }
  return best;
}

/**
 * Pending hunks as they apply to the text with the accepted ones: `startLine`, and `after` without what an
 * accepted neighbour brings. One that cannot be placed (its change is there already) is left out.
 */
export function placePending(
  textWith: (hunks: readonly Hunk[]) => string,
  accepted: readonly Hunk[],
  pending: readonly Hunk[],
): readonly Hunk[] {
  const current = textWith(accepted);
  return pending.flatMap((hunk) => {
    const place = placeHunk(
      current,
      textWith([...accepted, hunk]),
      hunk,
      hunk.startLine + shift(accepted, hunk),
    );
    if (!place) return [];
    const { editedAfter: _, ...rest } = hunk;
    return [{ ...rest, startLine: place.start, after: ownText(hunk, place) }];
  });
}

/** The lines that the hunk brings beside those it shares. */
export function ownText(hunk: Hunk, { lead }: Place): string {
  return splitLines(hunkText(hunk)).slice(lead).join('');
}

/** Places of hunks in the text that they all apply to. */
export function placesIn(current: string, hunks: readonly Hunk[]): readonly (Place | undefined)[] {
  const applied = applyHunks(current, hunks);
  return hunks.map((hunk) => {
    const others = hunks.filter((each) => each !== hunk);
    return placeHunk(applyHunks(current, others), applied, hunk, hunk.startLine + shift(others, hunk));
  });
}

function shift(others: readonly Hunk[], hunk: Hunk): number {
  return others
    .filter((each) => each.startLine < hunk.startLine)
    .reduce((sum, each) => sum + splitLines(hunkText(each)).length - splitLines(each.before).length, 0);
}

function standsAt(lines: readonly string[], start: number, wanted: readonly string[]): boolean {
  return wanted.every((line, index) => lines[start + index] === line);
}

function commonPrefix(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

function commonSuffix(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a.at(-1 - length) === b.at(-1 - length)) length++;
  return length;
}
