import { normalUpperTail } from './normalQuantile';

export interface MannKendall {
  /** Number of rising pairs less number of falling pairs. */
  readonly s: number;
  /** Variance of `s` under no trend, corrected for ties. */
  readonly variance: number;
  /** `s` with continuity correction in standard deviations; 0 for a constant series. */
  readonly z: number;
  /** Two-sided, normal approximation: sound from about eight values on. */
  readonly pValue: number;
}

/** Sizes of the groups of equal values, groups of one left out. */
export function tieSizes(values: readonly number[]): number[] {
  const sizes = new Map<number, number>();
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  return [...sizes.values()].filter((size) => size > 1);
}

/** 18 times the variance of Kendall's S: n(n-1)(2n+5) less the same of each group of ties. */
export function kendallVariance(n: number, ...ties: readonly (readonly number[])[]): number {
  const term = (size: number): number => size * (size - 1) * (2 * size + 5);
  const tied = ties.flat().reduce((sum, size) => sum + term(size), 0);
  return (term(n) - tied) / 18;
}

/**
 * Mann-Kendall test of a monotonic trend in equally spaced values, with ties.
 * Sources: Mann (1945), Econometrica 13; Kendall (1975), Rank Correlation Methods.
 */
export function mannKendall(values: readonly number[]): MannKendall {
  let s = 0;
  for (const [i, earlier] of values.entries()) {
    for (let j = i + 1; j < values.length; j++) s += Math.sign((values[j] ?? earlier) - earlier);
  }
  const variance = kendallVariance(values.length, tieSizes(values));
  if (s === 0 || variance <= 0) return { s, variance, z: 0, pValue: 1 };
  const z = (s - Math.sign(s)) / Math.sqrt(variance);
  return { s, variance, z, pValue: Math.min(1, 2 * normalUpperTail(Math.abs(z))) };
}
