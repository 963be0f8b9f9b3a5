import { incompleteBeta } from './incompleteBeta';

/**
 * Posterior probability, in (0, 1), that b is the better of two: the share of discordant pairs that fall to b has a
 * Beta(1 + bOnly, 1 + aOnly) posterior under a uniform prior, and this is its mass above 1/2. Without discordant pairs it
 * is 1/2. Not a p-value, and never 1 - p. Source: Gelman et al., Bayesian Data Analysis, 3rd edition, section 2.4.
 */
export function probabilityBIsBetter(aOnly: number, bOnly: number): number {
  return incompleteBeta(0.5, aOnly + 1, bOnly + 1);
}

/** The same for whichever side leads: in [0.5, 1). */
export function probabilityLeaderIsBetter(aOnly: number, bOnly: number): number {
  const probability = probabilityBIsBetter(Math.min(aOnly, bOnly), Math.max(aOnly, bOnly));
  // What rounds to 1 is still no certainty.
  return Math.min(1 - Number.EPSILON, Math.max(0.5, probability));
}
