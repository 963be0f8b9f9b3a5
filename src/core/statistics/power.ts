import { logBeta } from './incompleteBeta';
import { mcnemarExact } from './mcnemar';
import { normalQuantile } from './normalQuantile';

/** Pairs up to which the power of the exact test is worked out; beyond, the large-sample formula is close enough. */
const exactLimit = 400;

/** What was seen: pairs in all and those that only a, or only b, passed. */
export interface ObservedDiscordance {
  readonly pairs: number;
  readonly aOnly: number;
  readonly bOnly: number;
}

/**
 * Pairs that a two-sided McNemar test needs, by the large-sample formula
 * n = (z_(1-alpha/2) sqrt(psi) + z_power sqrt(psi - delta^2))^2 / delta^2, rounded up,
 * with `psi` the share of discordant pairs and `delta` the difference of the two shares, 0 < |delta| <= psi <= 1.
 * Source: Connor (1987), Biometrics 43, 207-211.
 */
export function connorPairs(psi: number, delta: number, alpha = 0.05, power = 0.8): number {
  const zAlpha = normalQuantile(1 - alpha / 2);
  const zPower = normalQuantile(power);
  const root = zAlpha * Math.sqrt(psi) + zPower * Math.sqrt(Math.max(0, psi - delta ** 2));
  return Math.ceil((root / delta) ** 2);
}

function logChoose(n: number, k: number): number {
  return -Math.log(n + 1) - logBeta(k + 1, n - k + 1);
}

function binomial(k: number, n: number, p: number): number {
  if (p === 0) return k === 0 ? 1 : 0;
  if (p === 1) return k === n ? 1 : 0;
  return Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

/** Chance that the exact test rejects, given `discordant` pairs of which each falls to the leader with probability `lead`. */
function conditionalPower(discordant: number, lead: number, alpha: number): number {
  let power = 0;
  for (let k = 0; k <= discordant / 2 && mcnemarExact(k, discordant - k) <= alpha; k++) {
    power += binomial(discordant - k, discordant, lead);
    if (2 * k !== discordant) power += binomial(k, discordant, lead);
  }
  return power;
}

/** Power of the exact McNemar test with `pairs` pairs: over the number of discordant pairs, which is itself random. */
function exactPower(pairs: number, psi: number, given: (discordant: number) => number): number {
  let power = 0;
  for (let discordant = 0; discordant <= pairs; discordant++) {
    const weight = binomial(discordant, pairs, psi);
    if (weight > 1e-12) power += weight * given(discordant);
  }
  return power;
}

/**
 * Pairs in all with which the exact two-sided McNemar test would reject with probability `power`, were the true shares
 * those observed; null where no effect was seen. Exact (unconditional over the number of discordant pairs) up to 400
 * pairs, the formula of Connor (1987) beyond. An effect taken from few pairs is itself uncertain, and so is this number.
 */
export function requiredPairs(observed: ObservedDiscordance, alpha = 0.05, power = 0.8): number | null {
  const { pairs, aOnly, bOnly } = observed;
  if (pairs === 0 || aOnly === bOnly) return null;
  const psi = (aOnly + bOnly) / pairs;
  const delta = Math.abs(bOnly - aOnly) / pairs;
  const start = connorPairs(psi, delta, alpha, power);
  const lead = Math.max(aOnly, bOnly) / (aOnly + bOnly);
  const known = new Map<number, number>();
  const given = (discordant: number): number => {
    const value = known.get(discordant) ?? conditionalPower(discordant, lead, alpha);
    known.set(discordant, value);
    return value;
  };
  for (let n = start; n <= exactLimit; n++) if (exactPower(n, psi, given) >= power) return n;
  return Math.max(start, exactLimit + 1);
}
