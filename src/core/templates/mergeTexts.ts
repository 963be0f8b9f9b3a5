import { diff3Merge } from 'node-diff3';
import { endsLine, splitLines } from '../prompt/splitLines';

/**
 * Lines of `ours` (from 1, last included) that both sides changed; `last < first` where `ours` has none left.
 */
export interface ConflictingLines {
  readonly first: number;
  readonly last: number;
}

export type Merge =
  | { readonly text: string; readonly conflicts?: undefined }
  | { readonly conflicts: readonly ConflictingLines[]; readonly text?: undefined };

/**
 * Three-way merge by whole lines with their ends. The same change on both sides is no conflict, and neither are lines that both put in
 * at one place: they stand below one another, in the order of their text, so that it does not matter which side came first.
 */
export function mergeTexts(ours: string, base: string, theirs: string): Merge {
  if (ours === base) return { text: theirs };
  if (theirs === base || theirs === ours) return { text: ours };
  const regions = merged(ours, base, theirs);
  const conflicts: ConflictingLines[] = [];
  const lines: string[] = [];
  for (const { ok, conflict } of regions) {
    const joined = ok ?? (conflict && bothInserted(conflict));
    if (joined) lines.push(...joined);
    else if (conflict)
      conflicts.push({ first: conflict.aIndex + 1, last: conflict.aIndex + conflict.a.length });
  }
  return conflicts.length > 0 ? { conflicts } : { text: lines.join('') };
}

/** What both sides put in at one place, blank lines and headings that both begin with once; `undefined` where one took lines away. */
function bothInserted({ a, o, b }: BothSides): readonly string[] | undefined {
  if (o.length > 0 || ![...a, ...b].every(endsLine)) return undefined;
  const [first, second] = a.join('') < b.join('') ? [a, b] : [b, a];
  const lead = first.findIndex((line, index) => line !== second[index] || !/^(?:#{1,6}\s|\s*$)/.test(line));
  return [...first, ...second.slice(Math.max(0, lead))];
}

interface BothSides {
  readonly a: readonly string[];
  /** Of the base. */
  readonly o: readonly string[];
  readonly b: readonly string[];
}

/** The same merge, where `theirs` wins what both changed. */
export function mergePreferring(ours: string, base: string, theirs: string): string {
  return merged(ours, base, theirs)
    .flatMap((region) => region.ok ?? region.conflict?.b ?? [])
    .join('');
}

function merged(ours: string, base: string, theirs: string) {
  return diff3Merge<string>(splitLines(ours), splitLines(base), splitLines(theirs), {
    excludeFalseConflicts: true,
  });
}

/** "line 3, lines 5-7". */
export function lineRanges(conflicts: readonly ConflictingLines[]): string {
  return conflicts
    .map(({ first, last }) => (last > first ? `lines ${first}-${last}` : `line ${first}`))
    .join(', ');
}
