import { kendallVariance, tieSizes } from './mannKendall';
import { normalQuantile } from './normalQuantile';
import { orderStatistic } from './orderStatistic';

export interface TheilSen {
  /** Median of the slopes of all pairs with different x, in units of y per unit of x. */
  readonly slope: number;
  /** Sen's interval at the asked confidence. */
  readonly interval: readonly [number, number];
}

/**
 * Theil-Sen slope of `y` over `x` (default 0, 1, 2, ...) with Sen's interval (his equation 2.6).
 * `undefined` where no two x differ. Source: Sen (1968), JASA 63, 1379-1389.
 */
export function theilSen(
  y: readonly number[],
  confidence = 0.95,
  x: readonly number[] = y.map((_, index) => index),
): TheilSen | undefined {
  const slopes = new Float64Array((y.length * (y.length - 1)) / 2);
  let pairs = 0;
  for (const [i, yi] of y.entries()) {
    const xi = x[i] ?? i;
    for (let j = i + 1; j < y.length; j++) {
      const run = (x[j] ?? j) - xi;
      if (run !== 0) slopes[pairs++] = ((y[j] ?? yi) - yi) / run;
    }
  }
  if (pairs === 0) return undefined;
  const some = slopes.subarray(0, pairs);
  const sigma = Math.sqrt(Math.max(0, kendallVariance(y.length, tieSizes(x), tieSizes(y))));
  const reach = normalQuantile(1 - (1 - confidence) / 2) * sigma;
  const low = Math.max(0, Math.round((pairs - reach) / 2) - 1);
  const high = Math.min(pairs - 1, Math.round((pairs + reach) / 2));
  const upperMiddle = orderStatistic(some, pairs >> 1);
  const slope = pairs % 2 === 1 ? upperMiddle : (orderStatistic(some, (pairs >> 1) - 1) + upperMiddle) / 2;
  return { slope, interval: [orderStatistic(some, low), orderStatistic(some, high)] };
}
