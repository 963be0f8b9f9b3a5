import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countExcess } from '../../../src/core/statistics/countExcess';
import { dispersionOf, residualsOf } from '../../../src/core/statistics/dispersion';

function weeks(...pairs: readonly (readonly [number, number])[]) {
  return pairs.map(([corrections, exposure]) => ({ corrections, exposure }));
}

describe('the excess of a count over its past', () => {
  // scipy 1.17.1: binomtest(7, 12, 4 / 30, alternative = "greater").
  it('is the binomial tail of the conditional test', () => {
    const past = weeks([1, 7], [2, 6], [1, 6], [1, 7]);
    expect(countExcess(7, 4, past)).toBeCloseTo(0.00031999873848462577, 12);
  });

  // The Poisson tails in closed form: 1 less the first terms of exp(-m) m^k / k!.
  it.each([
    [2, 1, 1 - 2 * Math.exp(-1)],
    [3, 0.5, 1 - Math.exp(-0.5) * (1 + 0.5 + 0.125)],
    [7, 6, 1 - Math.exp(-6) * (1 + 6 + 18 + 36 + 54 + 64.8 + 64.8)],
  ])('is the Poisson tail of %i or more at mean %f after a very long past', (count, mean, expected) => {
    const long = weeks([1e7, 1e7 / mean], [1e7, 1e7 / mean]);
    expect(countExcess(count, 1, long)).toBeCloseTo(expected, 6);
  });

  it('keeps the digits of a small tail', () => {
    const tail = countExcess(30, 1, weeks([0, 40], [1, 40]));
    // One term rules: 31 ways to take the past one's place, share 1/81.
    expect(tail / ((31 * 80) / 81 ** 31)).toBeCloseTo(1, 2);
  });

  it('is 1 for a rate that is not above the past, falls with the count, rises with the exposure and the dispersion', () => {
    const past = weeks([1, 5], [0, 3], [2, 6], [1, 4]);
    expect(countExcess(0, 3, past)).toBe(1);
    expect(countExcess(2, 9, past)).toBe(1);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (count, exposure) => {
        const tail = countExcess(count, exposure, past);
        expect(countExcess(count + 1, exposure, past)).toBeLessThanOrEqual(tail);
        expect(countExcess(count, exposure + 1, past)).toBeGreaterThanOrEqual(tail);
        if (tail < 0.05) expect(countExcess(count, exposure, past, 2)).toBeGreaterThan(tail);
      }),
    );
  });
});

describe('the dispersion', () => {
  it('is 1 for counts that follow their exposure, and the size of the clusters for clusters', () => {
    expect(dispersionOf(residualsOf(weeks([2, 1], [4, 2], [6, 3])))).toBe(1);
    // 12 in one of four like weeks: squares 81 + 3 * 9 over 12 * (1 - 1/4).
    expect(dispersionOf(residualsOf(weeks([12, 1], [0, 1], [0, 1], [0, 1])))).toBeCloseTo(108 / 9, 12);
  });

  it('is 1 where nothing is known', () => {
    for (const none of [weeks(), weeks([3, 1]), weeks([0, 1], [0, 2])])
      expect(dispersionOf(residualsOf(none))).toBe(1);
  });
});
