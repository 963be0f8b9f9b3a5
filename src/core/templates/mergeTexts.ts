import { diff3Merge } from 'node-diff3';
import { splitLines } from '../prompt/splitLines';

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

/** Three-way merge by whole lines with their ends. The same change on both sides is no conflict. */
export function mergeTexts(ours: string, base: string, theirs: string): Merge {
  if (ours === base) return { text: theirs };
  if (theirs === base || theirs === ours) return { text: ours };
  const regions = merged(ours, base, theirs);
  const conflicts = regions.flatMap(({ conflict }) =>
    conflict ? [{ first: conflict.aIndex + 1, last: conflict.aIndex + conflict.a.length }] : [],
  );
  if (conflicts.length > 0) return { conflicts };
  return { text: regions.flatMap((region) => region.ok ?? []).join('') };
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
