import type { Random } from '../../../src/core/ports';

/** A Poisson count, by multiplying uniform numbers (Knuth); for means up to some hundreds. */
export function poissonDraw(mean: number, random: Random): number {
  const limit = Math.exp(-mean);
  let product = random.next();
  let count = 0;
  while (product > limit) {
    product *= random.next();
    count++;
  }
  return count;
}

/** A count of clusters of 1 + Poisson(extra) events each: what repeats within one session make of a Poisson count. */
export function clusteredDraw(mean: number, extra: number, random: Random): number {
  const clusters = poissonDraw(mean / (1 + extra), random);
  let count = clusters;
  for (let each = 0; each < clusters; each++) count += poissonDraw(extra, random);
  return count;
}

/** Sessions of `weeks` weeks, in ways that a team's use of an agent goes. */
export const exposures: Readonly<Record<string, (weeks: number, random: Random) => number[]>> = {
  constant: (weeks) => Array.from({ length: weeks }, () => 5),
  irregular: (weeks, random) => Array.from({ length: weeks }, () => Math.floor(random.next() * 11)),
  growing: (weeks) => Array.from({ length: weeks }, (_, week) => 1 + Math.round((19 * week) / (weeks - 1))),
  stepping: (weeks) => Array.from({ length: weeks }, (_, week) => (week < weeks / 2 ? 20 : 1)),
};
