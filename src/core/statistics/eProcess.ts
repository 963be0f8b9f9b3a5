import { logBeta, logIncompleteBeta } from './incompleteBeta';

/**
 * Natural logarithm of the e-value against "a discordant pair falls to either side alike", for b over a: the likelihood
 * ratio of Bernoulli(p) to Bernoulli(1/2), mixed uniformly over p in (1/2, 1),
 * E = 2^(n+1) B(bOnly + 1, aOnly + 1) (1 - I_{1/2}(bOnly + 1, aOnly + 1)).
 * Source: Ville (1939); mixture e-process as in Ramdas, Grünwald, Vovk & Shafer (2023), Statistical Science 38, 576-601.
 */
export function logEValue(aOnly: number, bOnly: number): number {
  return (
    (aOnly + bOnly + 1) * Math.LN2 +
    logBeta(bOnly + 1, aOnly + 1) +
    logIncompleteBeta(0.5, aOnly + 1, bOnly + 1)
  );
}

/** The e-value for b over a; at most the largest finite number, so that it can be written down. Nothing seen gives 1. */
export function eValue(aOnly: number, bOnly: number): number {
  return Math.min(Number.MAX_VALUE, Math.exp(logEValue(aOnly, bOnly)));
}

/** One run of the e-process through signs in the order they came. */
export interface EProcess {
  /** After the last observation, for b over a. */
  readonly final: number;
  /** Running maximum, the start (1) included. */
  readonly maximum: number;
  /** The first look (from 1) at which it reached the threshold; null where it never did. */
  readonly crossedAt: number | null;
}

/**
 * Follows the e-value for b over a through `signs` (positive: b, negative: a, 0: a tie, which tells nothing). Under the
 * null the chance that it ever reaches 1/alpha is at most alpha, however often one looks (Ville's inequality).
 */
export function runEProcess(signs: readonly number[], threshold: number): EProcess {
  let aOnly = 0;
  let bOnly = 0;
  let final = 1;
  let maximum = 1;
  let crossedAt: number | null = null;
  for (const [index, sign] of signs.entries()) {
    if (sign === 0) continue;
    if (sign > 0) bOnly++;
    else aOnly++;
    final = eValue(aOnly, bOnly);
    maximum = Math.max(maximum, final);
    if (crossedAt === null && final >= threshold) crossedAt = index + 1;
  }
  return { final, maximum, crossedAt };
}
