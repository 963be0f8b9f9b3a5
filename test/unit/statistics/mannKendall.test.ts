import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mannKendall } from '../../../src/core/statistics/mannKendall';
import { discoveries, usPopulation } from './realSeries';

describe('the Mann-Kendall test', () => {
  // R 4.2.2, cor.test(method = "kendall", exact = FALSE, continuity = TRUE) on R's own series.
  it('agrees with R on a series full of ties', () => {
    const { z, pValue } = mannKendall(discoveries);
    expect(z).toBeCloseTo(-2.25808811, 6);
    expect(pValue).toBeCloseTo(0.023940166774, 8);
  });

  it('agrees with R on a series that only rises', () => {
    const { z, pValue } = mannKendall(usPopulation);
    expect(z).toBeCloseTo(5.9475471426, 6);
    expect(pValue).toBeCloseTo(2.7219038846e-9, 14);
  });

  it('finds no trend in a constant series, in one value, in none', () => {
    for (const values of [[2, 2, 2, 2], [1], []]) expect(mannKendall(values).pValue).toBe(1);
  });

  it('turns its sign when time is turned', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 30 }), (values) => {
        const forward = mannKendall(values);
        const backward = mannKendall(values.toReversed());
        expect(backward.s + forward.s).toBe(0);
        expect(backward.pValue).toBe(forward.pValue);
      }),
    );
  });
});
