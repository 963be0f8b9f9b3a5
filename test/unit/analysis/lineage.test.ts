import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineageOf } from '../../../src/core/analysis/lineage';

const at = '2026-04-01T00:00:00Z';
const pattern = (patternId: string, members: string) => ({ patternId, memberIds: [...members] });

describe('what became of patterns', () => {
  it('is nothing for one that stayed, grew or shrank', () => {
    expect(
      lineageOf([pattern('a', 'uvw'), pattern('b', 'xyz')], [pattern('a', 'uvwq'), pattern('b', 'xy')], at)
        .size,
    ).toBe(0);
  });

  it('tells that one took in another, that one went apart, and that a new one came out of it', () => {
    const merged = lineageOf([pattern('a', 'uvw'), pattern('b', 'xy')], [pattern('a', 'uvwxy')], at);
    expect([...merged]).toEqual([['a', [{ at, event: 'merged', patternIds: ['b'] }]]]);
    const apart = lineageOf([pattern('a', 'uvwxy')], [pattern('a', 'uvw'), pattern('n', 'xy')], at);
    expect(Object.fromEntries(apart)).toEqual({
      a: [{ at, event: 'split', patternIds: ['n'] }],
      n: [{ at, event: 'born', patternIds: ['a'] }],
    });
  });

  it('does not make much of a single member', () => {
    expect(lineageOf([pattern('a', 'uvw'), pattern('b', 'x')], [pattern('a', 'uvwx')], at).size).toBe(0);
  });

  it('names only patterns that there are, and says nothing of an unchanged second run', () => {
    const patterns = fc.array(fc.integer({ min: -1, max: 4 }), { maxLength: 24 }).map((places) =>
      Array.from({ length: 5 }, (_, place) => ({
        patternId: `p${place}`,
        memberIds: places.flatMap((of, member) => (of === place ? [`m${member}`] : [])),
      })).filter(({ memberIds }) => memberIds.length > 0),
    );
    fc.assert(
      fc.property(patterns, patterns, (former, present) => {
        expect(lineageOf(present, present, at).size).toBe(0);
        const [before, now] = [former, present].map(
          (each) => new Set(each.map(({ patternId }) => patternId)),
        );
        for (const [patternId, events] of lineageOf(former, present, at)) {
          expect(now?.has(patternId)).toBe(true);
          for (const { event, patternIds } of events) {
            expect(patternIds.length).toBeGreaterThan(0);
            expect(patternIds).not.toContain(patternId);
            expect(patternIds.every((id) => (event === 'split' ? now : before)?.has(id))).toBe(true);
          }
        }
      }),
    );
  });
});
