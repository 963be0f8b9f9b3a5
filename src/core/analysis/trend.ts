import type { Trend } from '../model/pattern';
import { mannKendall } from '../statistics/mannKendall';
import { theilSen } from '../statistics/theilSen';
import type { WeeklyBin } from './weeklySeries';

/** Fewer weeks than this say nothing of a direction: the normal approximation needs about eight. */
export const leastTrendBins = 8;
const level = 0.05;

/**
 * Direction and size of a pattern's trend: Mann-Kendall with ties (two-sided), Theil-Sen slope with Sen's 95% interval.
 * Counts are divided by exposure and scaled to the mean exposure of a week, so the slope is in corrections per
 * week, each week, at the usual number of sessions. Weeks without a session and without a correction tell nothing and are
 * left out of the rate; where no exposure is known at all, plain counts are used.
 */
export function trendOf(bins: readonly WeeklyBin[]): Trend {
  const exposed = bins.reduce((sum, bin) => sum + bin.exposure, 0);
  const points = bins.flatMap((bin, week) => {
    if (exposed === 0) return [{ week, value: bin.corrections }];
    const sessions = Math.max(bin.exposure, bin.corrections > 0 ? 1 : 0);
    return sessions === 0 ? [] : [{ week, value: bin.corrections / sessions }];
  });
  if (points.length < leastTrendBins)
    return { direction: 'unknown', slopePerWeek: null, interval: null, pValue: null };
  const usual = exposed === 0 ? 1 : exposed / points.length;
  const values = points.map((point) => point.value * usual);
  const { z, pValue } = mannKendall(values);
  const slope = theilSen(
    values,
    0.95,
    points.map((point) => point.week),
  );
  const moving = z > 0 ? 'rising' : 'falling';
  return {
    direction: pValue < level ? moving : 'steady',
    slopePerWeek: slope?.slope ?? null,
    interval: slope ? [slope.interval[0], slope.interval[1]] : null,
    pValue,
  };
}
