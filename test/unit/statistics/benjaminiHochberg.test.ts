import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from '../../../src/core/statistics/benjaminiHochberg';

describe('the Benjamini-Hochberg adjustment', () => {
  // R multtest, as asserted in statsmodels' stats/tests/test_multi.py (BSD-3).
  it('agrees with R, in the order given', () => {
    const given = [
      0.838541367553, 0.642193923795, 0.680845947633, 0.967833824309, 0.71626938238, 0.177096952723,
      5.23656777208e-5, 0.0202732688798, 0.00028140506198, 0.0149877310796,
    ];
    const expected = [
      0.9317126306144445, 0.8953367279750001, 0.8953367279750001, 0.967833824309, 0.8953367279750001,
      0.354193905446, 0.000523656777208, 0.0506831721995, 0.0014070253098999999, 0.04995910359866667,
    ];
    for (const [index, value] of benjaminiHochberg(given).entries()) {
      expect(value).toBeCloseTo(expected[index] ?? Number.NaN, 9);
    }
  });

  it('levels p-values that rise in equal steps', () => {
    for (const value of benjaminiHochberg([0.002, 0.004, 0.006, 0.008, 0.01, 0.012])) {
      expect(value).toBeCloseTo(0.012, 12);
    }
    expect(benjaminiHochberg([])).toEqual([]);
  });
});
