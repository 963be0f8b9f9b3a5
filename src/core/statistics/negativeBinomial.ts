import { gammaln } from 'simple-statistics';
import { incompleteBeta } from './incompleteBeta';

/**
 * Counts of mean `mean` > 0 and variance mean + mean^2 / shape, shape > 0: Poisson counts whose rate is a Gamma variable.
 * Source: Johnson, Kemp and Kotz (2005), Univariate Discrete Distributions, chapter 5.
 */
export interface NegativeBinomial {
  readonly mean: number;
  readonly shape: number;
}

/** Natural logarithm of the probability of exactly `count`. */
export function logMass({ mean, shape }: NegativeBinomial, count: number): number {
  const none = -shape * Math.log1p(mean / shape);
  if (count === 0) return none;
  const choices = gammaln(count + shape) - gammaln(shape) - gammaln(count + 1);
  return none + choices + count * Math.log(mean / (mean + shape));
}

/** Probability of `count` or fewer. */
export function atMost({ mean, shape }: NegativeBinomial, count: number): number {
  return count < 0 ? 0 : incompleteBeta(shape / (shape + mean), shape, count + 1);
}

/** The smallest count that has at least the probability `p` (0 < p < 1) at or below it. */
export function countQuantile(distribution: NegativeBinomial, p: number): number {
  let low = -1;
  let high = 1;
  while (atMost(distribution, high) < p) {
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (atMost(distribution, middle) < p) low = middle;
    else high = middle;
  }
  return high;
}
