import type { Random } from '../ports';
import { normalQuantile, normalUpperTail } from './normalQuantile';

/** Differences of one independent unit: a single pair, or all repeats of one scenario. */
export type Cluster = readonly number[];

const resamples = 9_999;
/** Draws of a unit over all resamples, so that very long series stay within about a second. */
const drawBudget = 20_000_000;

function total(cluster: Cluster): number {
  return cluster.reduce((a, b) => a + b, 0);
}

/** Value at a share of a sorted list, between neighbours by linear interpolation (Hyndman & Fan type 7). */
function quantile(sorted: readonly number[], share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  return low + (position - below) * (high - low);
}

/** Acceleration from the jackknife over units: how fast the spread of the mean changes with its value. */
function acceleration(sums: readonly number[], sizes: readonly number[], sum: number, size: number): number {
  const left = sums.map((value, index) => (sum - value) / (size - (sizes[index] ?? 0)));
  const centre = left.reduce((a, b) => a + b, 0) / left.length;
  let squares = 0;
  let cubes = 0;
  for (const value of left) {
    squares += (centre - value) ** 2;
    cubes += (centre - value) ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

/**
 * Bootstrap interval of the mean over all differences, two-sided at `confidence`, resampling whole clusters: bias-corrected
 * and accelerated (BCa). Null with fewer than two clusters; both ends are the mean where all differences are equal. It
 * undercovers below about ten units, as every bootstrap interval does.
 * Source: Efron (1987), "Better bootstrap confidence intervals", JASA 82, 171-185.
 */
export function bootstrapMeanInterval(
  clusters: readonly Cluster[],
  random: Random,
  confidence = 0.95,
): [number, number] | null {
  if (clusters.length < 2) return null;
  const sums = clusters.map(total);
  const sizes = clusters.map((cluster) => cluster.length);
  const sum = total(sums);
  const size = total(sizes);
  const observed = sum / size;
  const count = Math.max(999, Math.min(resamples, Math.floor(drawBudget / clusters.length)));
  const means = Array.from({ length: count }, () => {
    let drawnSum = 0;
    let drawnSize = 0;
    for (let draw = 0; draw < clusters.length; draw++) {
      const index = Math.floor(random.next() * clusters.length);
      drawnSum += sums[index] ?? 0;
      drawnSize += sizes[index] ?? 0;
    }
    return drawnSum / drawnSize;
  }).sort((a, b) => a - b);
  const tolerance = 1e-12 * Math.max(1, Math.abs(observed));
  const below = means.filter((mean) => mean < observed - tolerance).length;
  const equal = means.filter((mean) => Math.abs(mean - observed) <= tolerance).length;
  if (equal === count) return [observed, observed];
  // Ties count half: sums of few distinct values often meet the observed mean exactly.
  const share = (below + equal / 2) / count;
  const bias = normalQuantile(Math.min(1 - 1 / (2 * count), Math.max(1 / (2 * count), share)));
  const skew = acceleration(sums, sizes, sum, size);
  const end = (tail: number): number => {
    const z = bias + normalQuantile(tail);
    return quantile(means, normalUpperTail(-(bias + z / (1 - skew * z))));
  };
  return [end((1 - confidence) / 2), end((1 + confidence) / 2)];
}
