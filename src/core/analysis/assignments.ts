import type { TextGroups } from './clusters/textGroups';
import type { CorrectionTable } from './correctionTable';
import type { Identities } from './identities';

export interface Assignment {
  readonly correctionId: string;
  readonly clusterId: string | null;
  readonly patternId: string | null;
}

/** What the corrections are assigned to. */
export interface Assigned {
  readonly table: CorrectionTable;
  readonly groups: TextGroups;
  readonly identities: Identities;
  /** All rows, oldest first, and those that were looked at. */
  readonly order: ArrayLike<number>;
  readonly chosen: ArrayLike<number>;
  /** Ids of the clusters by the number of their group of texts. */
  readonly clusters: ReadonlyMap<number, string>;
  readonly patterns: readonly { readonly patternId: string; readonly members: readonly number[] }[];
}

/**
 * The cluster and pattern of every correction, made as they are asked for: a million of them need not be in memory at once. What
 * lies before the window is of a cluster where it is like others, though that is none of the present.
 */
export function assignmentsOf(assigned: Assigned): Iterable<Assignment> {
  const { table, groups, identities, order, chosen, patterns } = assigned;
  const clusters = new Map(assigned.clusters);
  const isChosen = new Uint8Array(table.size);
  for (let index = 0; index < chosen.length; index++) isChosen[chosen[index] ?? 0] = 1;
  /** By row: one more than the place of its pattern; 0 for none. */
  const placeOfPattern = new Int32Array(table.size);
  for (const [place, { members }] of patterns.entries())
    for (const row of members) placeOfPattern[row] = place + 1;
  const clusterOf = (row: number): string | null => {
    const group = groups.groupOf(row);
    if (group < 0 || isChosen[row] !== 1) return null;
    const id = clusters.get(group) ?? identities.make('k', ['before the window', table.id(row)]);
    clusters.set(group, id);
    return id;
  };
  return {
    *[Symbol.iterator]() {
      for (let index = 0; index < order.length; index++) {
        const row = order[index] ?? 0;
        yield {
          correctionId: table.id(row),
          clusterId: clusterOf(row),
          patternId: patterns[(placeOfPattern[row] ?? 0) - 1]?.patternId ?? null,
        };
      }
    },
  };
}
