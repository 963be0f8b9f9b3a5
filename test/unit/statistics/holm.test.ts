import { describe, expect, it } from 'vitest';
import { holm } from '../../../src/core/statistics/holm';

describe('the Holm adjustment', () => {
  // R multtest, as asserted in statsmodels' stats/tests/test_multi.py (BSD-3).
  it('agrees with R, in the order given', () => {
    const given = [
      0.838541367553, 0.642193923795, 0.680845947633, 0.967833824309, 0.71626938238, 0.177096952723,
      5.23656777208e-5, 0.0202732688798, 0.00028140506198, 0.0149877310796,
    ];
    const expected = [
      1, 1, 1, 1, 1, 1, 0.000523656777208, 0.1419128821586, 0.00253264555782, 0.1199018486368,
    ];
    for (const [index, value] of holm(given).entries()) {
      expect(value).toBeCloseTo(expected[index] ?? Number.NaN, 9);
    }
    const even = [0.002, 0.004, 0.006, 0.008, 0.01, 0.012];
    const adjusted = [0.012, 0.02, 0.024, 0.024, 0.024, 0.024];
    for (const [index, value] of holm(even).entries()) {
      expect(value).toBeCloseTo(adjusted[index] ?? Number.NaN, 9);
    }
  });

  it('leaves a single one as it is, and gives nothing for none', () => {
    expect(holm([0.03])).toEqual([0.03]);
    expect(holm([])).toEqual([]);
  });
});
