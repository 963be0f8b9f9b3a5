/** What earlier runs called a group, with the members that it had. */
export interface KnownGroup {
  readonly id: string;
  readonly memberIds: readonly string[];
}

interface Overlap {
  readonly group: number;
  readonly id: string;
  readonly shared: number;
}

/**
 * An id for each group: that of the known group it shares most members with, each known id given once, the greatest overlap
 * first (ties: the id, then the group that comes first). A group that shares none gets `newId(group)`.
 */
export function stableIds(
  groups: readonly (readonly string[])[],
  known: readonly KnownGroup[],
  newId: (group: number, attempt: number) => string,
): string[] {
  const groupOf = new Map<string, number>();
  if (known.length > 0) {
    for (const [group, members] of groups.entries()) for (const member of members) groupOf.set(member, group);
  }
  const overlaps: Overlap[] = [];
  for (const { id, memberIds } of known) {
    const shared = new Map<number, number>();
    for (const member of new Set(memberIds)) {
      const group = groupOf.get(member);
      if (group !== undefined) shared.set(group, (shared.get(group) ?? 0) + 1);
    }
    for (const [group, count] of shared) overlaps.push({ group, id, shared: count });
  }
  overlaps.sort((a, b) => b.shared - a.shared || (a.id < b.id ? -1 : a.id > b.id ? 1 : a.group - b.group));
  const given = new Map<number, string>();
  const taken = new Set<string>();
  for (const { group, id } of overlaps) {
    if (given.has(group) || taken.has(id)) continue;
    given.set(group, id);
    taken.add(id);
  }
  for (const { id } of known) taken.add(id);
  return groups.map((_, group) => {
    let id = given.get(group) ?? '';
    for (let attempt = 0; id === ''; attempt++) {
      const candidate = newId(group, attempt);
      if (!taken.has(candidate)) id = candidate;
    }
    taken.add(id);
    return id;
  });
}
