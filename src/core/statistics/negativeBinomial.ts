import { gammaln } from 'simple-statistics';
import { incompleteBeta } from './incompleteBeta';

/**
 * Counts of mean `mean` above 0 and variance mean + mean^2 / shape, shape above 0: Poisson counts whose rate is a Gamma variable.
 * Source: Johnson, Kemp and Kotz (2005), Univariate Discrete Distributions, chapter 5.
 */
export interface NegativeBinomial {
  readonly mean: number;
  readonly shape: number;
}

/** Logarithm of Gamma(count + shape) / (Gamma(shape) count!); a product is faster where it is short. */
function logChoices(count: number, shape: number): number {
  if (count > 12) return gammaln(count + shape) - gammaln(shape) - gammaln(count + 1);
  let product = 1;
  for (let each = 0; each < count; each++) product *= (shape + each) / (each + 1);
  return Math.log(product);
}

/** Natural logarithm of the probability of exactly `count`. */
export function logMass({ mean, shape }: NegativeBinomial, count: number): number {
  const none = -shape * Math.log1p(mean / shape);
  if (count === 0) return none;
  return none + logChoices(count, shape) + count * Math.log(mean / (mean + shape));
}

/** Probability of `count` or fewer. A mean of 0 is allowed: then the count is 0. */
export function atMost({ mean, shape }: NegativeBinomial, count: number): number {
  if (count < 0) return 0;
  return mean === 0 ? 1 : incompleteBeta(shape / (shape + mean), shape, count + 1);
}

/** The smallest count that has at least the probability `p` (0 < p < 1) at or below it, each distribution being as likely. */
export function countQuantile(distributions: readonly NegativeBinomial[], p: number): number {
  const reached = (count: number): boolean =>
    distributions.reduce((sum, each) => sum + atMost(each, count), 0) >= p * distributions.length;
  let low = -1;
  let high = 1;
  while (!reached(high)) {
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (reached(middle)) high = middle;
    else low = middle;
  }
  return high;
}
