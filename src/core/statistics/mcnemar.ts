import { incompleteBeta, logBeta } from './incompleteBeta';

/** Up to here 2^n and the sums of binomial coefficients stand in a floating-point number. */
const summable = 1000;

/** Probability that Binomial(n, 1/2) is at most k, for k < n / 2: its sum, or DLMF 8.17.5 for large n. */
function lowerTail(k: number, n: number): number {
  if (n > summable) return incompleteBeta(0.5, n - k, k + 1);
  let coefficient = 1;
  let sum = 1;
  for (let i = 1; i <= k; i++) {
    coefficient *= (n - i + 1) / i;
    sum += coefficient;
  }
  return sum / 2 ** n;
}

function probability(k: number, n: number): number {
  return Math.exp(-Math.log(n + 1) - logBeta(k + 1, n - k + 1) - n * Math.LN2);
}

/**
 * Exact two-sided McNemar test: twice the smaller binomial tail of the discordant pairs at 1/2, at most 1.
 * `aOnly` and `bOnly` count the pairs that only a, or only b, passed; none at all gives 1.
 * Source: McNemar (1947), Psychometrika 12, 153-157; exact form as in Fagerland, Lydersen & Laake (2013),
 * BMC Medical Research Methodology 13:91. Assumes independent pairs.
 */
export function mcnemarExact(aOnly: number, bOnly: number): number {
  if (aOnly === bOnly) return 1;
  return Math.min(1, 2 * lowerTail(Math.min(aOnly, bOnly), aOnly + bOnly));
}

/**
 * Mid-p form of the exact test: each tail counts half the probability of what was observed, then doubled. Less
 * conservative than the exact test; its size may pass the level slightly. Source: Lancaster (1961), JASA 56, 223-234;
 * Fagerland et al. (2013), who give 1 - f/2 where both counts are equal: here the doubled tail, 1, stands, since equal
 * counts are no evidence at all.
 */
export function mcnemarMidP(aOnly: number, bOnly: number): number {
  if (aOnly === bOnly) return 1;
  const smaller = Math.min(aOnly, bOnly);
  const pairs = aOnly + bOnly;
  return Math.min(1, 2 * lowerTail(smaller, pairs) - probability(smaller, pairs));
}
