import { describe, expect, it } from 'vitest';
import { probabilityBIsBetter, probabilityLeaderIsBetter } from '../../../src/core/statistics/betaPosterior';
import { incompleteBeta, logIncompleteBeta } from '../../../src/core/statistics/incompleteBeta';

describe('the regularised incomplete beta function', () => {
  // scipy.special.betainc, scipy 1.17.1.
  it.each([
    [0.3, 2.5, 7, 0.6412224629717214],
    [0.5, 5000, 5100, 0.8401528708121316],
    [0.01, 3, 400, 0.7662837963589123],
  ])('agrees with scipy at x = %f, a = %f, b = %f', (x, a, b, expected) => {
    expect(Math.abs(incompleteBeta(x, a, b) / expected - 1)).toBeLessThan(1e-10);
  });

  it('is x to the a where b is 1, also where that is far below the smallest number', () => {
    expect(incompleteBeta(0.2, 3, 1)).toBeCloseTo(0.008, 14);
    expect(logIncompleteBeta(0.5, 2001, 1)).toBeCloseTo(2001 * Math.log(0.5), 8);
  });

  // Posterior of 42 out of 104 under a uniform prior: its 95% interval as computed with scipy 1.10.1 (beta.ppf).
  it('puts 2.5% of a Beta(43, 63) posterior beyond either end of its 95% interval', () => {
    expect(incompleteBeta(0.3145098537288147, 43, 63)).toBeCloseTo(0.025, 10);
    expect(incompleteBeta(0.5001840151598524, 43, 63)).toBeCloseTo(0.975, 10);
  });
});

describe('the probability that one prompt is better', () => {
  it('is one half where nothing was seen, and is shared out between the two', () => {
    expect(probabilityBIsBetter(0, 0)).toBeCloseTo(0.5, 14);
    expect(probabilityBIsBetter(3, 9) + probabilityBIsBetter(9, 3)).toBeCloseTo(1, 12);
  });

  it('is 1 - 2^-(n+1) after n clean flips, and so never 1 - p', () => {
    expect(probabilityBIsBetter(0, 6)).toBeCloseTo(1 - 2 ** -7, 12);
  });

  it('is that of the leader, whoever leads', () => {
    expect(probabilityLeaderIsBetter(9, 3)).toBe(probabilityLeaderIsBetter(3, 9));
    expect(probabilityLeaderIsBetter(9, 3)).toBeGreaterThan(0.9);
    expect(probabilityLeaderIsBetter(5, 5)).toBeCloseTo(0.5, 12);
    expect(probabilityLeaderIsBetter(0, 500)).toBeLessThan(1);
  });
});
