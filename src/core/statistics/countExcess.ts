import { type CountWithExposure, dispersionOf, residualsOf } from './dispersion';
import { incompleteBeta } from './incompleteBeta';

/**
 * Probability of `count` or more corrections in `exposure` (> 0) at the rate of `past`: the conditional test of two Poisson
 * counts, exact however few they are, since it does not take the past mean for the true one; it tends to the Poisson tail as the past
 * grows. 1 where the rate is not above that of the past, which needs no closer look. Given their sum n the count is
 * binomial with share q = exposure / (exposure of both), and its upper tail is I_q(count, n - count + 1). Where the past varies
 * more than Poisson counts, or other series of the kind do (`leastDispersion`), corrections come in clusters: both counts
 * are divided by the dispersion, which gives the tail of counts that vary so, approximately.
 * Source: Przyborowski and Wilenski (1940), Biometrika 31, 313-323; the identity is DLMF 8.17.5.
 */
export function countExcess(
  count: number,
  exposure: number,
  past: readonly CountWithExposure[],
  leastDispersion = 1,
): number {
  const total = past.reduce((sum, bin) => sum + bin.corrections, 0);
  const units = past.reduce((sum, bin) => sum + bin.exposure, 0);
  if (count * units <= total * exposure) return 1;
  const dispersion = Math.max(leastDispersion, dispersionOf(residualsOf(past)));
  return incompleteBeta(exposure / (exposure + units), count / dispersion, total / dispersion + 1);
}
