import type { Lineage } from '../model/pattern';

/** Members that two patterns share from which one is said to have come out of the other: a single one may be chance. */
const leastShared = 2;

export interface Membership {
  readonly patternId: string;
  readonly memberIds: readonly string[];
}

/**
 * What became of patterns since the former run, by pattern id; a pattern that only grew or shrank has no entry. The members tell:
 * those of another former pattern were taken in (`merged`, or `born` for a pattern with a new id), and those of its
 * own that stand in another pattern now went there (`split`).
 *
 * @param at ISO 8601 time that the entries bear
 */
export function lineageOf(
  former: readonly Membership[],
  present: readonly Membership[],
  at: string,
): Map<string, Lineage[]> {
  const formerOf = new Map(
    former.flatMap(({ patternId, memberIds }) => memberIds.map((id) => [id, patternId])),
  );
  const known = new Set(former.map(({ patternId }) => patternId));
  const result = new Map<string, Lineage[]>();
  const note = (patternId: string, event: Lineage['event'], patternIds: readonly string[]): void => {
    if (patternIds.length === 0) return;
    result.set(patternId, [
      ...(result.get(patternId) ?? []),
      { at, event, patternIds: [...patternIds].sort() },
    ]);
  };
  const sent = new Map<string, string[]>();
  for (const { patternId, memberIds } of present) {
    const shared = new Map<string, number>();
    for (const id of memberIds) {
      const before = formerOf.get(id);
      if (before !== undefined && before !== patternId) shared.set(before, (shared.get(before) ?? 0) + 1);
    }
    const origins = [...shared].filter(([, times]) => times >= leastShared).map(([id]) => id);
    note(patternId, known.has(patternId) ? 'merged' : 'born', origins);
    for (const origin of origins) sent.set(origin, [...(sent.get(origin) ?? []), patternId]);
  }
  for (const { patternId } of present) note(patternId, 'split', sent.get(patternId) ?? []);
  return result;
}
