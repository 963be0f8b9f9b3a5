import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poissonUpperTail } from '../../../src/core/statistics/poisson';

describe('the upper Poisson tail', () => {
  // Closed forms: 1 less the first terms of exp(-m) m^k / k!.
  it.each([
    [1, 2, 1 - Math.exp(-2)],
    [2, 1, 1 - 2 * Math.exp(-1)],
    [3, 0.5, 1 - Math.exp(-0.5) * (1 + 0.5 + 0.125)],
    [4, 6, 1 - Math.exp(-6) * (1 + 6 + 18 + 36)],
  ])('of %i or more at mean %f', (count, mean, expected) => {
    expect(poissonUpperTail(count, mean)).toBeCloseTo(expected, 12);
  });

  it('keeps the digits of a small tail', () => {
    // First term 1e-20 / 20!, the next ones less than a millionth of it.
    expect(poissonUpperTail(20, 0.1) / ((Math.exp(-0.1) * 1e-20) / 2432902008176640000)).toBeCloseTo(1, 2);
  });

  it('is 1 for none, falls with the count and rises with the mean', () => {
    expect(poissonUpperTail(0, 3)).toBe(1);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0.01, max: 40, noNaN: true }),
        (count, mean) => {
          const tail = poissonUpperTail(count, mean);
          expect(tail).toBeGreaterThanOrEqual(0);
          expect(tail).toBeLessThanOrEqual(1);
          expect(poissonUpperTail(count + 1, mean)).toBeLessThanOrEqual(tail + 1e-12);
          expect(poissonUpperTail(count, mean * 1.1)).toBeGreaterThanOrEqual(tail - 1e-12);
        },
      ),
    );
  });
});
