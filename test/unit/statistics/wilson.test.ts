import { describe, expect, it } from 'vitest';
import { normalQuantile, normalUpperTail } from '../../../src/core/statistics/normalQuantile';
import { wilsonInterval } from '../../../src/core/statistics/wilson';

describe('the Wilson interval', () => {
  // R binom::binom.confint, as asserted in statsmodels' stats/tests/results/results_proportion.py (BSD-3).
  it.each([
    [18, 20, 0.6989663547715128, 0.972133518786232],
    [4, 20, 0.0806576625797981, 0.4160174322518935],
    [4, 200, 0.00780442641634947, 0.05028708690582643],
    [190, 200, 0.910421851861224, 0.972617354399236],
  ])('of %i in %i agrees with R', (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials);
    expect(interval[0]).toBeCloseTo(low, 6);
    expect(interval[1]).toBeCloseTo(high, 6);
  });

  it('stays within 0 and 1 at the edges', () => {
    expect(wilsonInterval(0, 30)).toEqual([0, expect.closeTo(0.11351339, 6)]);
    expect(wilsonInterval(30, 30)).toEqual([expect.closeTo(0.8864866, 6), 1]);
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
  });

  it('refuses what is no proportion', () => {
    expect(() => wilsonInterval(3, 2)).toThrow(/no proportion/);
    expect(() => wilsonInterval(Number.NaN, 2)).toThrow(/no proportion/);
  });
});

describe('the normal distribution', () => {
  // Wichura (1988), Algorithm AS 241, table of check values; Abramowitz and Stegun, table 26.1.
  it.each([
    [0.25, -0.6744897501960817],
    [0.001, -3.090232306167814],
    [1e-20, -9.26234008979841],
  ])('has its quantile at %f', (p, z) => {
    expect(normalQuantile(p)).toBeCloseTo(z, 12);
  });

  it('has tails that agree with its quantiles', () => {
    for (const p of [0.4, 0.1, 0.025, 0.001, 1e-6, 1e-12]) {
      expect(normalUpperTail(-normalQuantile(p)) / p).toBeCloseTo(1, 9);
    }
    expect(normalUpperTail(-1.959963984540054)).toBeCloseTo(0.975, 12);
  });

  it('has no quantile at 0 or 1', () => {
    expect(() => normalQuantile(0)).toThrow(/quantile/);
    expect(() => normalQuantile(1)).toThrow(/quantile/);
  });
});
