import type { PatternMembers } from './patternMembers';

/**
 * Ids of the corrections of patterns, before and after a deployment alike: those that the analysis assigns to each. Where one stands
 * as a pattern no longer, those of the cluster that holds most of its known members, else the known members.
 */
export function addressedCorrections(
  { analysis, patterns, decisions }: PatternMembers,
  patternIds: readonly string[],
): ReadonlySet<string> {
  const membersOf = (patternId: string): readonly string[] => {
    const assigned = analysis.patterns.find((each) => each.patternId === patternId);
    if (assigned !== undefined) return assigned.memberIds;
    const known = new Set(
      [...decisions, ...patterns]
        .filter((each) => each.patternId === patternId)
        .flatMap(({ memberIds }) => memberIds),
    );
    let most: readonly string[] = [...known];
    let shared = 0;
    for (const { memberIds } of analysis.clusters) {
      const held = memberIds.filter((id) => known.has(id)).length;
      if (held > shared) [most, shared] = [memberIds, held];
    }
    return most;
  };
  return new Set(patternIds.flatMap(membersOf));
}
