import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atMost, countQuantile, logMass } from '../../../src/core/statistics/negativeBinomial';

const mean = fc.double({ min: 0.01, max: 50, noNaN: true });
const shape = fc.double({ min: 0.05, max: 500, noNaN: true });

describe('the negative binomial distribution', () => {
  it('of shape 1 is geometric', () => {
    const p = 1 / (1 + 3);
    for (const count of [0, 1, 5, 20]) {
      expect(logMass({ mean: 3, shape: 1 }, count)).toBeCloseTo(Math.log(p) + count * Math.log(1 - p), 10);
      expect(atMost({ mean: 3, shape: 1 }, count)).toBeCloseTo(1 - (1 - p) ** (count + 1), 12);
    }
  });

  it('tends to Poisson as the shape grows', () => {
    const poisson = [Math.exp(-2), 3 * Math.exp(-2), 5 * Math.exp(-2)];
    for (const [count, p] of poisson.entries())
      expect(atMost({ mean: 2, shape: 1e7 }, count)).toBeCloseTo(p, 5);
  });

  // scipy 1.17.1: nbinom(2.5, 2.5 / 6.5), mean 4.
  it('agrees with scipy', () => {
    expect(Math.exp(logMass({ mean: 4, shape: 2.5 }, 7))).toBeCloseTo(0.05459329894099873, 10);
    expect(atMost({ mean: 4, shape: 2.5 }, 7)).toBeCloseTo(0.8665352127236193, 10);
  });

  it('adds up: the chance of a count or fewer is the sum of the chances', () => {
    fc.assert(
      fc.property(mean, shape, fc.integer({ min: 0, max: 60 }), (m, k, count) => {
        let sum = 0;
        for (let each = 0; each <= count; each++) sum += Math.exp(logMass({ mean: m, shape: k }, each));
        expect(atMost({ mean: m, shape: k }, count)).toBeCloseTo(sum, 8);
      }),
    );
  });

  it('has as quantile the first count that reaches the probability', () => {
    fc.assert(
      fc.property(mean, shape, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (m, k, p) => {
        const distribution = { mean: m, shape: k };
        const count = countQuantile([distribution], p);
        expect(atMost(distribution, count)).toBeGreaterThanOrEqual(p);
        expect(atMost(distribution, count - 1)).toBeLessThan(p);
      }),
    );
  });

  it('has as quantile of several that of their mixture', () => {
    // Half of the weeks have none; of the others 1 in 5 has more than the 80% quantile of its own.
    const busy = { mean: 9, shape: 4 };
    const none = { mean: 0, shape: 4 };
    expect(countQuantile([busy, none], 0.9)).toBe(countQuantile([busy], 0.8));
    expect(countQuantile([busy, none], 0.4)).toBe(0);
  });
});
