import { median } from 'simple-statistics';
import type { TrendSeries } from '../model/pattern';

/** Older weeks stay in the table; a bar narrower than this could not be told apart. */
const shownWeeks = 52;

export interface TimelineWeek {
  readonly start: string;
  readonly corrections: number;
  readonly exposure: number;
  /** The trend line in this week; undefined where there is none. */
  readonly trend: number | undefined;
  readonly unusual: boolean;
}

export interface ForecastWeek {
  readonly start: string;
  readonly expected: number;
  readonly interval: readonly [number, number];
}

export interface Timeline {
  readonly weeks: readonly TimelineWeek[];
  readonly forecast: readonly ForecastWeek[];
  /** Greatest number of corrections that has to have room. */
  readonly top: number;
  readonly topExposure: number;
}

/**
 * The line of the Theil-Sen slope through the weekly counts at the usual exposure, as the slope was found: the intercept is
 * the median of what the slope leaves. Source: Conover (1980), Practical Nonparametric Statistics, section 5.5.
 */
export function trendLine(bins: TrendSeries['bins'], slope: number): readonly number[] {
  const exposed = bins.reduce((sum, bin) => sum + bin.exposure, 0);
  const points = bins.flatMap((bin, week) => {
    const sessions = exposed === 0 ? 1 : Math.max(bin.exposure, bin.corrections > 0 ? 1 : 0);
    return sessions === 0 ? [] : [{ week, rate: bin.corrections / sessions }];
  });
  if (points.length === 0) return [];
  const usual = exposed === 0 ? 1 : exposed / points.length;
  const intercept = median(points.map(({ week, rate }) => rate * usual - slope * week));
  return bins.map((_, week) => Math.max(0, intercept + slope * week));
}

/** What the timeline draws: the last year of weeks, and the weeks that are forecast. */
export function timelineOf(series: TrendSeries): Timeline {
  const { bins, trend } = series;
  const line = trend.slopePerWeek === null ? [] : trendLine(bins, trend.slopePerWeek);
  const unusual = new Set((series.anomalies ?? []).map((anomaly) => anomaly.weekStart.slice(0, 10)));
  const weeks = bins
    .map((bin, week) => ({ ...bin, trend: line[week], unusual: unusual.has(bin.start.slice(0, 10)) }))
    .slice(-shownWeeks);
  const forecast = series.forecast?.weeks ?? [];
  const heights = [
    ...weeks.flatMap((week) => [week.corrections, week.trend ?? 0]),
    ...forecast.map((week) => week.interval[1]),
  ];
  return {
    weeks,
    forecast,
    top: Math.max(1, Math.ceil(Math.max(...heights, 0))),
    topExposure: Math.max(1, ...weeks.map((week) => week.exposure)),
  };
}
