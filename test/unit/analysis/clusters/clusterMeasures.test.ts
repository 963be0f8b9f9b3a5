import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustedRandIndex, bCubed } from './clusterMeasures';

const labels = fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 2, maxLength: 30 });

describe('the adjusted Rand index', () => {
  it.each([
    // The examples in scikit-learn's documentation of adjusted_rand_score.
    [[0, 0, 1, 1], [0, 0, 1, 1], 1],
    [[0, 0, 1, 1], [1, 1, 0, 0], 1],
    [[0, 0, 1, 2], [0, 0, 1, 1], 0.5714285714],
    [[0, 0, 1, 1], [0, 0, 1, 2], 0.5714285714],
    [[0, 0, 0, 0], [0, 1, 2, 3], 0],
    [[0, 0, 1, 1], [0, 1, 0, 1], -0.5],
  ])('of %j and %j is %d', (gold, found, expected) => {
    expect(adjustedRandIndex(gold, found)).toBeCloseTo(expected, 9);
  });

  it('is what counting pairs one by one gives', () => {
    fc.assert(
      fc.property(labels, (rows) => {
        let [both, gold, found, all] = [0, 0, 0, 0];
        for (const [index, [a, b]] of rows.entries()) {
          for (const [c, d] of rows.slice(0, index)) {
            all++;
            if (a === c) gold++;
            if (b === d) found++;
            if (a === c && b === d) both++;
          }
        }
        const expected = (gold * found) / all;
        const most = (gold + found) / 2;
        const naive = most === expected ? 1 : (both - expected) / (most - expected);
        const index = adjustedRandIndex(
          rows.map(([a]) => a),
          rows.map(([, b]) => b),
        );
        expect(index).toBeCloseTo(naive, 9);
      }),
    );
  });
});

describe('B-cubed', () => {
  it('is right by hand', () => {
    // Groups {a a b} and {b}: items have 2/3, 2/3, 1/3, 1 of precision and 1, 1, 1/2, 1/2 of recall.
    const { precision, recall } = bCubed(['a', 'a', 'b', 'b'], [0, 0, 0, 1]);
    expect(precision).toBeCloseTo((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4, 12);
    expect(recall).toBeCloseTo(0.75, 12);
  });

  it('changes precision for recall when gold and found change places', () => {
    fc.assert(
      fc.property(labels, (rows) => {
        const [gold, found] = [rows.map(([a]) => a), rows.map(([, b]) => b)];
        expect(bCubed(gold, found).precision).toBeCloseTo(bCubed(found, gold).recall, 9);
        expect(bCubed(gold, gold).f1).toBeCloseTo(1, 9);
      }),
    );
  });
});
