import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandidateIndex } from '../../../../src/core/analysis/clusters/candidateIndex';

const entry = fc.uniqueArray(fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 8 })), {
  maxLength: 5,
  selector: ([word]) => word,
});

describe('the index of candidates', () => {
  it('names those that share most weight, the best first, ties by number', () => {
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 30 }),
        entry,
        fc.integer({ min: 1, max: 5 }),
        (items, asked, most) => {
          const index = new CandidateIndex(64);
          for (const [item, words] of items.entries()) index.enter(item, words);
          const expected = items
            .map((words, item) => ({
              item,
              score: words.reduce(
                (sum, [word, weight]) => sum + weight * (asked.find(([other]) => other === word)?.[1] ?? 0),
                0,
              ),
            }))
            .filter(({ score }) => score > 0)
            .sort((a, b) => b.score - a.score || a.item - b.item)
            .slice(0, most);
          expect(index.best(asked, most)).toEqual(expected.map(({ item }) => item));
        },
      ),
    );
  });

  it('keeps the first of a word, as many as asked', () => {
    const index = new CandidateIndex(64);
    for (let item = 0; item < 100; item++) index.enter(item, [[1, 1]]);
    expect(index.best([[1, 1]], 1000)).toEqual(Array.from({ length: 64 }, (_, item) => item));
  });
});
