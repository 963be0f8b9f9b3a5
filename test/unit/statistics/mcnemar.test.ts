import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mcnemarExact, mcnemarMidP } from '../../../src/core/statistics/mcnemar';
import { seededRandom } from '../support/memoryPorts';

/** Twice the smaller tail, by adding up the binomial coefficients one after the other. */
function byEnumeration(aOnly: number, bOnly: number): number {
  const n = aOnly + bOnly;
  let term = 1;
  let tail = 0;
  for (let k = 0; k <= Math.min(aOnly, bOnly); k++) {
    tail += term;
    term = (term * (n - k)) / (k + 1);
  }
  return Math.min(1, (2 * tail) / 2 ** n);
}

describe('the exact McNemar test', () => {
  // statsmodels (BSD-3), stats/tests/test_nonparametric.py, test_mcnemar_exact, checked there against the Vassar College calculator.
  it.each([
    [121, 59, 4e-6],
    [70, 59, 0.378688],
    [80, 59, 0.089452],
    [30, 60, 0.00206],
    [10, 30, 0.002221],
    [10, 10, 1],
  ])('gives the p of statsmodels for %i against %i discordant pairs', (aOnly, bOnly, p) => {
    expect(Math.abs(mcnemarExact(aOnly, bOnly) - p)).toBeLessThan(1e-6);
  });

  // Fagerland, Lydersen & Laake (2017), Statistical Analysis of Contingency Tables, ch. 8: Cavo et al. (2012).
  it('gives the printed p and mid-p for complete response before and after consolidation therapy', () => {
    expect(mcnemarExact(6, 16)).toBeCloseTo(0.052479, 6);
    expect(mcnemarMidP(6, 16)).toBeCloseTo(0.03469, 6);
  });

  // Computed with scipy 1.10.1 on end-to-end correctness of the anthropic-cookbook RAG evaluation (MIT).
  it.each([
    [2, 10, 0.03857421875, 0.02246093749999998],
    [6, 10, 0.454498291015625, 0.332305908203125],
    [5, 17, 0.01690053939819336, 0.0106220245361328],
  ])('agrees with scipy on real prompt comparisons (%i against %i)', (aOnly, bOnly, exact, midP) => {
    expect(mcnemarExact(aOnly, bOnly)).toBeCloseTo(exact, 12);
    expect(mcnemarMidP(aOnly, bOnly)).toBeCloseTo(midP, 12);
  });

  it('equals the sum of binomial coefficients', () => {
    const count = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(count, count, (aOnly, bOnly) => {
        expect(mcnemarExact(aOnly, bOnly)).toBeCloseTo(byEnumeration(aOnly, bOnly), 11);
      }),
    );
  });

  it('goes over from the sum to the beta function without a step', () => {
    // scipy.stats.binom, scipy 1.17.1
    expect(mcnemarExact(3000, 3200)).toBeCloseTo(0.011488253770871584, 12);
    expect(mcnemarExact(470, 530)).toBeLessThan(mcnemarExact(470, 529));
    expect(mcnemarExact(470, 531)).toBeLessThan(mcnemarExact(470, 530));
  });

  it('is the same whichever side leads, stays within (0, 1], and mid-p never passes it', () => {
    const count = fc.integer({ min: 0, max: 3000 });
    fc.assert(
      fc.property(count, count, (aOnly, bOnly) => {
        const p = mcnemarExact(aOnly, bOnly);
        expect(p).toBe(mcnemarExact(bOnly, aOnly));
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(mcnemarMidP(aOnly, bOnly)).toBeLessThanOrEqual(p);
      }),
    );
  });

  it('says nothing without discordant pairs, or with as many on either side', () => {
    expect([mcnemarExact(0, 0), mcnemarMidP(0, 0), mcnemarMidP(4, 4)]).toEqual([1, 1, 1]);
  });

  it('reaches p < 0.05 with six clean flips and not with five', () => {
    expect(mcnemarExact(0, 6)).toBe(0.03125);
    expect(mcnemarExact(0, 5)).toBe(0.0625);
  });

  it.each([
    [10, 0.3],
    [40, 0.2],
    [100, 0.5],
  ])(
    'keeps its size below 0.05 with %i pairs at discordance %f, by enumeration of every table',
    (pairs, psi) => {
      let size = 0;
      for (let aOnly = 0; aOnly <= pairs; aOnly++) {
        for (let bOnly = 0; aOnly + bOnly <= pairs; bOnly++) {
          if (mcnemarExact(aOnly, bOnly) < 0.05) size += trinomial(pairs, aOnly, bOnly, psi / 2);
        }
      }
      expect(size).toBeGreaterThan(0);
      expect(size).toBeLessThanOrEqual(0.05);
    },
  );

  it('finds 15% against 40% passed in most runs of 80 independent pairs', () => {
    const random = seededRandom(7);
    let found = 0;
    for (let run = 0; run < 400; run++) {
      let aOnly = 0;
      let bOnly = 0;
      for (let pair = 0; pair < 80; pair++) {
        const [a, b] = [random.next() < 0.15, random.next() < 0.4];
        if (a && !b) aOnly++;
        if (b && !a) bOnly++;
      }
      if (mcnemarExact(aOnly, bOnly) < 0.05) found++;
    }
    expect(found / 400).toBeGreaterThan(0.85);
  });
});

function logFactorial(n: number): number {
  let sum = 0;
  for (let k = 2; k <= n; k++) sum += Math.log(k);
  return sum;
}

/** Chance of exactly these discordant counts when each side has probability `each`. */
function trinomial(pairs: number, aOnly: number, bOnly: number, each: number): number {
  const same = pairs - aOnly - bOnly;
  const ways = logFactorial(pairs) - logFactorial(aOnly) - logFactorial(bOnly) - logFactorial(same);
  return Math.exp(ways + (aOnly + bOnly) * Math.log(each) + same * Math.log(1 - 2 * each));
}
