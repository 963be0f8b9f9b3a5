import type { Random } from '../ports';
import { mcnemarExact } from './mcnemar';

/** Units up to which every sign pattern is counted: 2^20 patterns. */
export const exactSignFlipLimit = 20;
const mostDraws = 9_999;
/** Signs drawn in all, so that very long series stay within seconds. */
const signBudget = 200_000_000;
/** Signs taken from one draw of the generator. */
const signsPerDraw = 24;

/** Counts patterns of sign with |sum| at least `bound`, walking them in Gray code order so that each step flips one sign. */
function exactShare(units: readonly number[], bound: number): number {
  // Turning every sign round leaves |sum| alike, so the first sign stays put and half the patterns suffice.
  const total = 2 ** (units.length - 1);
  const signed = [...units];
  let sum = units.reduce((a, b) => a + b, 0);
  let extreme = Math.abs(sum) >= bound ? 1 : 0;
  for (let step = 1; step < total; step++) {
    const flipped = 1 + Math.log2(step & -step);
    const value = signed[flipped] ?? 0;
    signed[flipped] = -value;
    sum -= 2 * value;
    if (Math.abs(sum) >= bound) extreme++;
  }
  return extreme / total;
}

function randomSum(units: readonly number[], random: Random): number {
  let sum = 0;
  for (let start = 0; start < units.length; start += signsPerDraw) {
    let bits = Math.floor(random.next() * 2 ** signsPerDraw);
    const end = Math.min(units.length, start + signsPerDraw);
    for (let index = start; index < end; index++, bits >>= 1) {
      const value = units[index] ?? 0;
      sum += bits & 1 ? value : -value;
    }
  }
  return sum;
}

/**
 * Two-sided sign-flip permutation test that the mean of paired differences is 0: the share of sign patterns whose |sum| is
 * at least the observed one. Each unit is one independent difference (the sum of its differences, for a cluster). Zeros do
 * not change any sum. Exact up to 20 units that are not zero, and whatever their number where all have one size (then it
 * is the exact sign test); beyond, 9,999 random patterns (fewer from 20,000 units on), with the observed one counted among them.
 * Sources: Fisher (1935), The Design of Experiments, section 21; Phipson & Smyth (2010), "Permutation p-values should
 * never be zero", for the +1. Assumes independent units whose differences are symmetric about 0 under the null.
 */
export function signFlipTest(differences: readonly number[], random: Random): number {
  const units = differences.filter((difference) => difference !== 0);
  const [first] = units;
  if (first === undefined) return 1;
  const sizes = units.map(Math.abs);
  const scale = sizes.reduce((a, b) => a + b, 0);
  const tolerance = scale * 1e-12;
  if (sizes.every((size) => Math.abs(size - Math.abs(first)) <= tolerance)) {
    const positive = units.filter((unit) => unit > 0).length;
    return mcnemarExact(units.length - positive, positive);
  }
  const bound = Math.abs(units.reduce((a, b) => a + b, 0)) - tolerance;
  if (units.length <= exactSignFlipLimit) return exactShare(units, bound);
  const draws = Math.max(999, Math.min(mostDraws, Math.floor(signBudget / units.length)));
  let extreme = 0;
  for (let draw = 0; draw < draws; draw++) if (Math.abs(randomSum(units, random)) >= bound) extreme++;
  return (extreme + 1) / (draws + 1);
}
