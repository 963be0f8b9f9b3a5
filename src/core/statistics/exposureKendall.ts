import { normalUpperTail } from './normalQuantile';

export interface ExposureKendall {
  /** Rising less falling pairs of exposure units of different times. */
  readonly s: number;
  /** Variance of `s` under a constant rate: that of Poisson events, times the dispersion. */
  readonly variance: number;
  /** Variance of the events as a multiple of their mean, at least 1. */
  readonly dispersion: number;
  readonly z: number;
  /** Two-sided, normal approximation. */
  readonly pValue: number;
}

/**
 * Mann-Kendall over units of exposure: each of a bin's units (sessions) is a value, the number of its events, and units of
 * one bin are tied in time, so that S is the sum over i < j of events_j exposure_i - events_i exposure_j. Under a constant
 * rate its mean is 0 whatever the exposures. That of the usual S of the rates is not: a bin with few units mostly has
 * rate 0, so exposure that grows looks like a rate that grows, in nearly every long series.
 * Given their number, Poisson events fall on the bins as the exposure does, which gives the variance. Events that come in
 * clusters vary more: the variance is multiplied by the dispersion (McCullagh and Nelder 1989, section 9.2), which is
 * estimated by squared residuals over their expected sum, and not by Pearson's statistic: bins with little exposure would rule it.
 * `exposures` are above 0.
 */
export function exposureKendall(events: readonly number[], exposures: readonly number[]): ExposureKendall {
  const units = exposures.reduce((sum, exposure) => sum + exposure, 0);
  const total = events.reduce((sum, count) => sum + count, 0);
  let before = 0;
  let s = 0;
  let poisson = 0;
  let squares = 0;
  let crowding = 0;
  for (const [bin, exposure] of exposures.entries()) {
    const share = exposure / units;
    const expected = total * share;
    const count = events[bin] ?? 0;
    /** Units before less units after: their sum over all units is 0. */
    const position = before - (units - before - exposure);
    s += count * position;
    poisson += expected * position ** 2;
    squares += (count - expected) ** 2;
    crowding += share ** 2;
    before += exposure;
  }
  const dispersion = total === 0 || crowding >= 1 ? 1 : Math.max(1, squares / (total * (1 - crowding)));
  const variance = poisson * dispersion;
  const z = variance > 0 ? s / Math.sqrt(variance) : 0;
  return { s, variance, dispersion, z, pValue: Math.min(1, 2 * normalUpperTail(Math.abs(z))) };
}
