import type { TextGroups } from './clusters/textGroups';
import type { CorrectionTable } from './correctionTable';

/** Like corrections, as rows of a table. */
export interface CorrectionGroup {
  /** Number of the group of texts. */
  readonly group: number;
  /** The agent that was corrected; of several, `main`, or in a cluster that is no pattern the one with most members. */
  readonly agentType: string;
  /** Members within the window, oldest first. */
  readonly members: readonly number[];
  /** All like corrections, also those before the window, oldest first. */
  readonly history: readonly number[];
  /** Mean similarity between members of different sessions, in [0, 1]. */
  readonly likeness: number;
  /** Distinct sessions of the members. */
  readonly sessions: number;
}

export function countSessions(table: CorrectionTable, rows: readonly number[]): number {
  return new Set(rows.map((row) => table.session(row))).size;
}

/** The agent of most rows; ties go to the name that comes first. */
function usualAgent(table: CorrectionTable, rows: readonly number[]): string {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const name = table.agents.name(table.agent(row));
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? 'main';
}

/** The most typical first; ties go to the older one. */
export function typicalFirst(groups: TextGroups, rows: readonly number[]): number[] {
  const place = new Map(rows.map((row, index) => [row, index]));
  return rows.toSorted(
    (a, b) => groups.typicality(b) - groups.typicality(a) || (place.get(a) ?? 0) - (place.get(b) ?? 0),
  );
}

/**
 * The groups that have two members or more within the window. Corrections before it help to tell what belongs together and
 * count for the trend, yet are no members.
 *
 * @param rows oldest first
 * @param windowStart milliseconds since 1970
 */
export function correctionGroups(
  table: CorrectionTable,
  groups: TextGroups,
  rows: ArrayLike<number>,
  windowStart: number,
): CorrectionGroup[] {
  const histories: number[][] = Array.from({ length: groups.count }, () => []);
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? 0;
    const group = groups.groupOf(row);
    if (group >= 0) histories[group]?.push(row);
  }
  return histories
    .flatMap((history, group): CorrectionGroup[] => {
      const members = history.filter((row) => table.time(row) >= windowStart);
      if (members.length < 2) return [];
      return [
        {
          group,
          agentType: usualAgent(table, members),
          members,
          history,
          likeness: groups.likeness(group),
          sessions: countSessions(table, members),
        },
      ];
    })
    .sort((a, b) => table.compare(a.members[0] ?? 0, b.members[0] ?? 0));
}

/** The part of a group that corrects one agent. */
export function partOf(
  table: CorrectionTable,
  { group, members, history, likeness }: CorrectionGroup,
  agentType: string,
): CorrectionGroup {
  const own = (row: number): boolean => table.agents.name(table.agent(row)) === agentType;
  const part = members.filter(own);
  return {
    group,
    agentType,
    members: part,
    history: history.filter(own),
    likeness,
    sessions: countSessions(table, part),
  };
}
