import { median } from 'simple-statistics';
import { forecastOf } from '../analysis/forecast';
import { trendOf } from '../analysis/trend';
import { exposedWeeks, startOfWeek, type WeeklyBin, weekOf } from '../analysis/weeklySeries';
import { groupBy } from '../groupBy';
import { type EvidenceTier, tiers, type Verdict } from '../model/common';
import type { Trend } from '../model/pattern';
import type { ValidationReport } from '../model/validation';
import { wilsonInterval } from '../statistics/wilson';

/** The result of one validation or comparison. */
export interface EffectivenessPoint {
  readonly at: string;
  readonly reportId: string;
  /** Null: two texts were compared. */
  readonly improvementId: string | null;
  readonly agentType: string;
  readonly verdict: Verdict;
  /** Share of the addressed scenarios that the new prompt passes, with its 95% interval. */
  readonly value: number;
  readonly interval: readonly [number, number];
  readonly scenarios: number;
}

export interface EffectivenessWeek {
  /** Monday, UTC. */
  readonly start: string;
  readonly passed: number;
  readonly scenarios: number;
  /** Null in a week without a validation. */
  readonly value: number | null;
  readonly interval: readonly [number, number] | null;
}

export interface EffectivenessForecast {
  readonly method: string;
  /** Coverage that the prediction intervals state. */
  readonly level: number;
  /** Scenarios that each week is taken to have: the intervals hold for the share of so many. */
  readonly scenarios: number;
  readonly weeks: readonly {
    readonly start: string;
    readonly expected: number;
    readonly interval: readonly [number, number];
  }[];
}

/** Effectiveness over time of one tier of evidence; tiers are never mixed. */
export interface EffectivenessSeries {
  readonly tier: EvidenceTier;
  /** Oldest first. */
  readonly points: readonly EffectivenessPoint[];
  /** From the first validation to now, weeks without one among them. */
  readonly weeks: readonly EffectivenessWeek[];
  /** Slope in share a week. `rising`: prompts pass more. Unknown below 8 weeks with a validation. */
  readonly trend: Trend;
  /** Null from fewer than 12 weeks with a validation. */
  readonly forecast: EffectivenessForecast | null;
}

/** Ten years: one damaged time stamp must not make a million weeks. */
const mostWeeks = 520;
const recentWeeks = 12;

/** @param now milliseconds since 1970 */
export function effectivenessSeries(
  reports: readonly ValidationReport[],
  now: number,
): readonly EffectivenessSeries[] {
  const byTier = groupBy(reports, ({ tier }) => tier);
  return tiers.flatMap((tier) => {
    const points = (byTier.get(tier) ?? []).flatMap(pointOf).sort(byTime);
    return points.length === 0 ? [] : [{ tier, points, ...overWeeks(points, now) }];
  });
}

function pointOf(report: ValidationReport): EffectivenessPoint[] {
  const { createdAt: at, reportId, improvementId, agentType, verdict, effectiveness } = report;
  if (effectiveness === null || effectiveness.scenarios === 0) return [];
  return [{ at, reportId, improvementId, agentType, verdict, ...effectiveness }];
}

function byTime(a: EffectivenessPoint, b: EffectivenessPoint): number {
  return Date.parse(a.at) - Date.parse(b.at) || (a.reportId < b.reportId ? -1 : 1);
}

/**
 * The method of a pattern's trend and forecast, with scenarios that were not passed for corrections and the scenarios of a week for its
 * sessions: what is left of 1 is the effectiveness.
 */
function overWeeks(
  points: readonly EffectivenessPoint[],
  now: number,
): Pick<EffectivenessSeries, 'weeks' | 'trend' | 'forecast'> {
  const bins = missedByWeek(points, now);
  const weeks = bins.map(({ start, corrections: missed, exposure: scenarios }) => {
    const passed = scenarios - missed;
    const known = scenarios > 0;
    return {
      start,
      passed,
      scenarios,
      value: known ? passed / scenarios : null,
      interval: known ? wilsonInterval(passed, scenarios) : null,
    };
  });
  return { weeks, trend: trendOfShare(bins), forecast: forecastOfShare(bins) };
}

function missedByWeek(points: readonly EffectivenessPoint[], now: number): readonly WeeklyBin[] {
  const byWeek = groupBy(points, ({ at }) => weekOf(Date.parse(at)));
  // A clock that was ahead puts a record after now: it is among the points, and in no week.
  const last = weekOf(now);
  const first = Math.max(Math.min(...byWeek.keys()), last - mostWeeks + 1);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const inWeek = byWeek.get(first + index) ?? [];
    const exposure = inWeek.reduce((sum, { scenarios }) => sum + scenarios, 0);
    const missed = inWeek.reduce((sum, { value, scenarios }) => sum + Math.round((1 - value) * scenarios), 0);
    return { start: startOfWeek(first + index), corrections: missed, exposure };
  });
}

const opposite = { rising: 'falling', falling: 'rising', steady: 'steady', unknown: 'unknown' } as const;

function trendOfShare(bins: readonly WeeklyBin[]): Trend {
  const { direction, slopePerWeek, interval, pValue } = trendOf(bins);
  const exposed = exposedWeeks(bins);
  const usual = exposed.reduce((sum, { exposure }) => sum + exposure, 0) / exposed.length;
  return {
    direction: opposite[direction],
    slopePerWeek: slopePerWeek === null ? null : 0 - slopePerWeek / usual,
    interval: interval === null ? null : [0 - interval[1] / usual, 0 - interval[0] / usual],
    pValue,
  };
}

function forecastOfShare(bins: readonly WeeklyBin[]): EffectivenessForecast | null {
  const recent = exposedWeeks(bins).slice(-recentWeeks);
  if (recent.length === 0) return null;
  const scenarios = Math.max(1, Math.round(median(recent.map(({ exposure }) => exposure))));
  const forecast = forecastOf(bins, { ahead: [scenarios], unit: 'scenario' });
  if (forecast === null) return null;
  const passed = (missed: number) => Math.max(0, 1 - missed / scenarios);
  return {
    method: forecast.method,
    level: forecast.level,
    scenarios,
    weeks: forecast.weeks.map(({ start, expected, interval: [low, high] }) => ({
      start,
      expected: passed(expected),
      interval: [passed(high), passed(low)],
    })),
  };
}
