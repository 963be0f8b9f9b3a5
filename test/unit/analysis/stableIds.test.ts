import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stableIds } from '../../../src/core/analysis/stableIds';
import { analyze, correction, singleTurns, workspaceTurns } from './corrections';

const fresh = (group: number, attempt: number): string => `new-${group}-${attempt}`;

describe('ids of groups', () => {
  it('stay with the group that shares most members', () => {
    const known = [
      { id: 'old-a', memberIds: ['1', '2', '3'] },
      { id: 'old-b', memberIds: ['4'] },
    ];
    expect(stableIds([['3', '4'], ['1', '2'], ['9']], known, fresh)).toEqual(['old-b', 'old-a', 'new-2-0']);
  });

  it('are given once, even where a group was split or the new id was taken', () => {
    const known = [{ id: 'new-1-0', memberIds: ['1', '2', '3'] }];
    expect(stableIds([['1', '2'], ['3']], known, fresh)).toEqual(['new-1-0', 'new-1-1']);
  });

  it('are distinct and do not depend on the order of what is known', () => {
    const memberList = fc.uniqueArray(fc.integer({ min: 0, max: 20 }).map(String), { maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(memberList, { maxLength: 6 }),
        fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 21 }),
        (lists, places) => {
          const known = lists.map((memberIds, index) => ({ id: `old-${index}`, memberIds }));
          const groups = Array.from({ length: 6 }, (_, group) =>
            places.flatMap((place, member) => (place === group ? [String(member)] : [])),
          );
          const ids = stableIds(groups, known, fresh);
          expect(new Set(ids).size).toBe(groups.length);
          expect(stableIds(groups, known.toReversed(), fresh)).toEqual(ids);
        },
      ),
    );
  });
});

describe('a pattern keeps its id', () => {
  const singles = singleTurns.map((text, index) => correction(text, 40 + index));
  const said = workspaceTurns.map((text, day) => correction(text, day));

  it('when corrections are added, before or after, and when the first members leave the window', () => {
    const first = analyze([...said, ...singles], { days: 200 });
    const [pattern] = first.patterns;
    const earlier = correction('you edited the main workspace, not the session repo', -5);
    const later = correction('again you changed files in the main workspace and not in the session repo', 20);
    const known = { knownPatterns: first.patterns, knownClusters: first.clusters, days: 200 };
    const next = analyze([...said, ...singles, earlier, later], known);
    expect(next.patterns.map((each) => each.patternId)).toEqual([pattern?.patternId]);
    expect(next.patterns[0]?.memberIds).toHaveLength(8);
    expect(next.clusters.find((each) => each.patternId)?.clusterId).toBe(
      first.clusters.find((each) => each.patternId)?.clusterId,
    );
    expect(pattern?.patternId).toMatch(/^p_[0-9a-f]{12}$/);
  });

  it('without a former run it is the same as long as its first member is', () => {
    const later = correction('you changed files in the main workspace, not in the session repo', 20);
    expect(analyze([...said, later]).patterns[0]?.patternId).toBe(analyze(said).patterns[0]?.patternId);
  });

  it('a dismissed pattern stays out until two new sessions bring it back', () => {
    const known = analyze(said);
    const decisions = known.patterns.map(({ patternId, memberIds }) => ({
      schemaVersion: 1 as const,
      patternId,
      state: 'dismissed' as const,
      improvementIds: [],
      decidedAt: '2026-04-01T00:00:00Z',
      memberIds,
    }));
    const again = (day: number) =>
      correction('you modified files in the main workspace, not the session repo', day);
    expect(analyze(said, { decisions }).patterns).toEqual([]);
    expect(analyze([...said, again(20)], { decisions }).patterns).toEqual([]);
    expect(
      [...analyze([...said, again(20)], { decisions }).assignments].every((each) => each.patternId === null),
    ).toBe(true);
    const back = analyze([...said, again(20), again(21)], { decisions });
    expect(back.patterns.map((each) => each.patternId)).toEqual(known.patterns.map((each) => each.patternId));
  });
});
