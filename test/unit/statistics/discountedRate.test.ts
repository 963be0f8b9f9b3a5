import { describe, expect, it } from 'vitest';
import { discountedRates } from '../../../src/core/statistics/discountedRate';
import {
  australianResidents,
  discoveries,
  lakeHuron,
  nile,
  oil,
  oilLevels,
  presidents,
  usPopulation,
} from './realSeries';

/** Levels of simple exponential smoothing: counts at exposure 1 from the state that has the level. */
function levels(values: readonly number[], alpha: number, initial: number): number[] {
  const states = discountedRates(
    values,
    values.map(() => 1),
    1 - alpha,
    { events: initial / alpha, exposure: 1 / alpha },
  );
  return states.map(({ events, exposure }) => events / exposure);
}

function squaredErrors(values: readonly number[], alpha: number, initial: number): number {
  const before = [initial, ...levels(values, alpha, initial)];
  return values.reduce((sum, value, index) => sum + (value - (before[index] ?? 0)) ** 2, 0);
}

/** Saudi oil production 1996 to 2007, as Hyndman and Athanasopoulos, Forecasting: Principles and Practice, print it. */
const printed = [
  446.6565229, 454.4733065, 455.662974, 423.6322388, 456.2713279, 440.5880501, 425.3325201, 485.1494479,
  506.0481621, 526.7919833, 514.268889, 494.2110193,
];

describe('the discounted rate', () => {
  // Hyndman and Athanasopoulos, and statsmodels (BSD-3), tsa/holtwinters/tests/test_holtwinters.py.
  it('is the simple exponential smoothing of the book, at constant exposure', () => {
    const expected = [
      446.6565229, 448.21987962, 449.7084985, 444.49324656, 446.84886283, 445.59670028, 441.54386424,
      450.26498098, 461.4216172, 474.49569042, 482.45033014, 484.80246797,
    ];
    for (const [index, level] of levels(printed, 0.2, 446.6565229).entries())
      expect(level).toBeCloseTo(expected[index] ?? 0, 6);
    expect(levels(printed, 0.6, 446.6565229).at(-1)).toBeCloseTo(501.837461, 4);
  });

  it('has the forecast of the fitted smoothing, and no smaller squared error beside its parameters', () => {
    const alpha = 0.891998;
    const initial = 447.47844;
    expect(levels(printed, alpha, initial).at(-1)).toBeCloseTo(496.493543, 3);
    const least = squaredErrors(printed, alpha, initial);
    for (const step of [-0.01, 0.01]) {
      expect(squaredErrors(printed, alpha + step, initial)).toBeGreaterThan(least);
      expect(squaredErrors(printed, alpha, initial + step * 100)).toBeGreaterThan(least);
    }
  });

  it('has the levels of R’s ets(oil, "ANN")', () => {
    const [initial = 0, ...expected] = oilLevels;
    for (const [index, level] of levels(oil, 0.99989996, initial).entries())
      expect(Math.abs(level - (expected[index] ?? 0))).toBeLessThan(2e-4);
  });

  // R 4.2.2, forecast 8.20, ses(); the initial level is forgotten after so many values, and R does not print it.
  it.each([
    ['Nile', nile, 0.24566815365, 805.3363293257],
    ['discoveries', discoveries, 0.17559792292, 1.1424424388],
    ['LakeHuron', lakeHuron, 0.9998999052, 579.9599929876],
    ['austres', australianResidents, 0.9998999493, 17661.4965576713],
    ['uspop', usPopulation, 0.9998999995, 203.1976097081],
    ['presidents', presidents, 0.78843969313, 24.0774466957],
  ] as const)('has the forecast of R on %s', (_name, values, alpha, forecast) => {
    expect(Math.abs(levels(values, alpha, values[0]).at(-1) ?? 0) / forecast).toBeCloseTo(1, 6);
  });

  it('is the plain rate without discount, and weighs a bin by its exposure', () => {
    expect(discountedRates([1, 0, 4], [2, 0, 8], 1).at(-1)).toEqual({ events: 5, exposure: 10 });
    expect(discountedRates([1, 0, 4], [2, 0, 8], 0.5).at(-1)).toEqual({ events: 4.25, exposure: 8.5 });
  });
});
