import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mannKendall } from '../../../src/core/statistics/mannKendall';
import {
  australianResidents,
  discoveries,
  lakeHuron,
  nile,
  presidents,
  pyMannKendallSeries,
  usPopulation,
} from './realSeries';

describe('the Mann-Kendall test', () => {
  // R 4.2.2, cor.test(method = "kendall", exact = FALSE, continuity = TRUE) on R's own series, some of them full of ties.
  it.each([
    ['Nile', nile, -4.1280665228, 3.6582629217e-5],
    ['discoveries', discoveries, -2.25808811, 0.023940166774],
    ['LakeHuron', lakeHuron, -5.159825226, 2.4718048377e-7],
    ['austres', australianResidents, 13.8741419856, 9.0873994517e-44],
    ['uspop', usPopulation, 5.9475471426, 2.7219038846e-9],
    ['presidents', presidents, -1.4630038764, 0.14346631825],
  ] as const)('agrees with R on %s', (_name, values, expectedZ, expectedP) => {
    const { z, pValue } = mannKendall(values);
    expect(z).toBeCloseTo(expectedZ, 8);
    expect(Math.abs(pValue / expectedP - 1)).toBeLessThan(1e-8);
  });

  // Its other records are of variants for series with memory, whose S is the same.
  it('agrees with pyMannKendall on its own test series, missing values left out', () => {
    const { s, variance, z, pValue } = mannKendall(pyMannKendallSeries.filter((value) => value !== -1));
    expect(s).toBe(-1959);
    expect(variance).toBeCloseTo(4889800.333333333, 6);
    expect(z).toBeCloseTo(-0.8854562842589916, 12);
    expect(pValue).toBeCloseTo(0.37591058740506833, 12);
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
