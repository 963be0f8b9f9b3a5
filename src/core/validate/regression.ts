import { wilsonInterval } from '../statistics/wilson';
import type { Outcome } from './abTest';

/** What an edit costs on the scenarios that the old prompt passed. */
export interface Regression {
  readonly passedBefore: number;
  readonly lost: number;
  /** Scenarios that only the new prompt passes. */
  readonly gained: number;
  /** One-sided 95% upper bound of the share lost, in [0, 1]; 1 where nothing passed before, since nothing is known then. */
  readonly upperBound: number;
  /** Every instruction of the old prompt still stands in the new one, so that nothing covered can come uncovered. */
  readonly keepsAll: boolean;
}

/** Counts over all scenarios, addressed or not. Bound: Wilson (1927), one side of the 90% interval. */
export function regressionOf(outcomes: readonly Outcome[], keepsAll: boolean): Regression {
  const before = outcomes.filter(({ a }) => a);
  const lost = before.filter(({ b }) => !b).length;
  return {
    passedBefore: before.length,
    lost,
    gained: outcomes.filter(({ a, b }) => b && !a).length,
    upperBound: wilsonInterval(lost, before.length, 0.9)[1],
    keepsAll,
  };
}

/** The share lost is larger than the margin. */
export function exceedsMargin({ passedBefore, lost }: Regression, margin: number): boolean {
  return passedBefore > 0 && lost / passedBefore > margin;
}

/** Non-inferiority is shown: by construction, or by a bound within the margin. */
export function isNonInferior(regression: Regression, margin: number): boolean {
  return (regression.keepsAll && regression.lost === 0) || regression.upperBound <= margin;
}
