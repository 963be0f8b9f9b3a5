import type { Trend } from '../model/pattern';
import { exposureKendall } from '../statistics/exposureKendall';
import { mannKendall } from '../statistics/mannKendall';
import { theilSen } from '../statistics/theilSen';
import { type ExposedWeek, exposedWeeks, type WeeklyBin } from './weeklySeries';

/** Fewer weeks than this say nothing of a direction: the normal approximation needs about eight. */
export const leastTrendBins = 8;
const level = 0.05;
/** Four years: beyond, weeks are joined for the slope, whose pairs grow with the square. */
const mostPoints = 208;

interface Point {
  readonly week: number;
  readonly rate: number;
}

/**
 * Weeks with fewer sessions than usual are joined to the following ones until together they have as many: the rate of one
 * session is mostly 0, and a few busy weeks beside many quiet ones would make a slope of their difference in exposure.
 */
function evenlyExposed(weeks: readonly ExposedWeek[], least: number): Point[] {
  const points: Point[] = [];
  let corrections = 0;
  let exposure = 0;
  let time = 0;
  for (const [index, week] of weeks.entries()) {
    corrections += week.corrections;
    exposure += week.exposure;
    time += week.exposure * week.week;
    const last = index === weeks.length - 1;
    if (exposure < least && !(last && exposure >= least / 2)) continue;
    points.push({ week: time / exposure, rate: corrections / exposure });
    corrections = 0;
    exposure = 0;
    time = 0;
  }
  return points;
}

/**
 * Direction and size of a pattern's trend over its weeks with sessions: Mann-Kendall (two-sided at 5%), over sessions where
 * weeks differ in them; Theil-Sen slope of the rate with Sen's 95% interval. The rate is scaled to the mean exposure of
 * a week, so the slope is in corrections per week, each week, at the usual number of sessions. Weeks without a session and
 * without a correction tell nothing; where no exposure is known at all, plain counts are used. Assumes that weeks do not
 * follow each other beyond the trend: a series with memory shows a direction by chance more often than in 5%.
 */
export function trendOf(bins: readonly WeeklyBin[]): Trend {
  const weeks = exposedWeeks(bins);
  const first = weeks[0];
  if (first === undefined || weeks.length < leastTrendBins)
    return { direction: 'unknown', slopePerWeek: null, interval: null, pValue: null };
  const counts = weeks.map((week) => week.corrections);
  const exposures = weeks.map((week) => week.exposure);
  const usual = exposures.reduce((sum, exposure) => sum + exposure, 0) / weeks.length;
  const even = weeks.every((week) => week.exposure === first.exposure);
  const { z, pValue } = even ? mannKendall(counts) : exposureKendall(counts, exposures);
  const points = evenlyExposed(weeks, usual * Math.max(1, weeks.length / mostPoints));
  const slope = theilSen(
    points.map((point) => point.rate * usual),
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
