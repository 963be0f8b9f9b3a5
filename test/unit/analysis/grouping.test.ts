import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeLinkage } from '../../../src/core/analysis/completeLinkage';
import { groupTexts } from '../../../src/core/analysis/groupTexts';
import { neighbourhoods } from '../../../src/core/analysis/neighbourhoods';
import { vectorSpace } from '../../../src/core/text/vectorSpace';

const topics = ['session repo workspac', 'test suit coverag', 'commit push branch', 'comment docstr style'];

/** Documents about one topic each, from a seed. */
const documents = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 3 }),
      fc.array(fc.constantFrom('file', 'code', 'plan', 'error'), { maxLength: 3 }),
    ),
    { minLength: 4, maxLength: 40 },
  )
  .map((list) => list.map(([topic, more]) => [...(topics[topic] ?? '').split(' '), ...more]));

describe('complete linkage', () => {
  it('leaves no two points of a group farther apart than the threshold, and merges what still could be', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 25 }), (points) => {
        const distance = (a: number, b: number): number => Math.abs((points[a] ?? 0) - (points[b] ?? 0));
        const groups = completeLinkage(points.length, distance, 10);
        expect(groups.flat().sort((a, b) => a - b)).toEqual([...points.keys()]);
        const spread = (members: readonly number[]): number =>
          Math.max(...members.flatMap((a) => members.map((b) => distance(a, b))));
        for (const group of groups) expect(spread(group)).toBeLessThanOrEqual(10);
        for (const [index, group] of groups.entries()) {
          for (const other of groups.slice(index + 1))
            expect(spread([...group, ...other])).toBeGreaterThan(10);
        }
      }),
    );
  });
});

describe('neighbourhoods', () => {
  it('hold every document once, are no larger than asked, and keep copies of a topic together', () => {
    const list = Array.from({ length: 240 }, (_, index) => `${topics[index % 4]} word${index}`.split(' '));
    const parts = neighbourhoods(vectorSpace(list), 70);
    expect(parts.flat().sort((a, b) => a - b)).toEqual([...list.keys()]);
    for (const part of parts) {
      expect(part.length).toBeLessThanOrEqual(70);
      expect(new Set(part.map((index) => index % 4)).size).toBe(1);
    }
  });
});

describe('groups of texts', () => {
  it('have two members or more, in no two groups, and none without words', () => {
    fc.assert(
      fc.property(documents, (list) => {
        const texts = [...list, []].map((text, index) => ({ words: text, source: `s${index % 5}` }));
        const groups = groupTexts(texts);
        const members = groups.flatMap((group) => group.members);
        expect(new Set(members).size).toBe(members.length);
        expect(members).not.toContain(list.length);
        for (const group of groups) {
          expect(group.members.length).toBeGreaterThan(1);
          expect(group.typicality).toHaveLength(group.members.length);
          expect(group.likeness).toBeGreaterThan(0);
          expect(group.likeness).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('copies of one text are one group', () => {
    const texts = Array.from({ length: 9 }, (_, index) => ({
      words: ['use', 'sessio', 'repo'],
      source: `s${index}`,
    }));
    expect(groupTexts(texts)).toEqual([
      { members: [...texts.keys()], typicality: Array(9).fill(1), likeness: 1 },
    ]);
  });
});
