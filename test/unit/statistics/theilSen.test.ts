import { describe, expect, it } from 'vitest';
import { theilSen } from '../../../src/core/statistics/theilSen';
import {
  australianResidents,
  discoveries,
  lakeHuron,
  nile,
  presidents,
  pyMannKendallSeries,
  usPopulation,
} from './realSeries';

describe('the Theil-Sen slope', () => {
  it('solves the worked example of Sen (1968), whose interval has the level 0.93', () => {
    const result = theilSen([9, 15, 19, 20, 45, 55, 78], 0.93, [1, 2, 3, 4, 10, 12, 18]);
    expect(result?.slope).toBeCloseTo(4, 9);
    expect(result?.interval[0]).toBeCloseTo(3.71, 2);
    expect(result?.interval[1]).toBeCloseTo(4.38, 2);
  });

  // scipy 1.10.1, stats.theilslopes(alpha = 0.95), on R's series.
  it.each([
    ['discoveries', discoveries, -0.011363636363636364, -0.02531645569620253, 0],
    ['uspop', usPopulation, 10.874375, 8.490714285714285, 13.05],
    ['Nile', nile, -2.6, -3.627906976744186, -1.4285714285714286],
    ['LakeHuron', lakeHuron, -0.025124999999999887, -0.03492957746478899, -0.01657534246575392],
    ['austres', australianResidents, 52.43007629107983, 51.68387096774196, 53.38125000000002],
    ['presidents', presidents, -0.07692307692307693, -0.17543859649122806, 0.021052631578947368],
  ] as const)('agrees with scipy on %s', (_name, values, slope, low, high) => {
    const result = theilSen(values);
    expect(result?.slope).toBeCloseTo(slope, 9);
    expect(result?.interval[0]).toBeCloseTo(low, 9);
    expect(result?.interval[1]).toBeCloseTo(high, 9);
  });

  it('agrees with pyMannKendall on its own test series, missing values left out of both axes', () => {
    const known = pyMannKendallSeries.flatMap((value, index) => (value === -1 ? [] : [{ value, index }]));
    const result = theilSen(
      known.map(({ value }) => value),
      0.95,
      known.map(({ index }) => index),
    );
    expect(result?.slope).toBeCloseTo(-0.006369426751592357, 12);
  });

  it('has no slope for one value', () => {
    expect(theilSen([3])).toBeUndefined();
  });
});
