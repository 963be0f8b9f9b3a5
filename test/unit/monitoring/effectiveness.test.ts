import { describe, expect, it } from 'vitest';
import { leastForecastBins } from '../../../src/core/analysis/forecast';
import { leastTrendBins } from '../../../src/core/analysis/trend';
import { type EffectivenessSeries, effectivenessSeries } from '../../../src/core/monitoring/effectiveness';
import { forecastText, trendText } from '../../../src/core/report/monitoring/effectivenessPart';
import { type ReportSample, report } from './samples';

const weekMs = 7 * 86_400_000;
const monday = Date.parse('2026-01-05T00:00:00Z');
const inWeek = (week: number) => new Date(monday + week * weekMs + 3_600_000).toISOString();

/** One validation a week, in which so many of 20 scenarios pass. */
function weekly(passed: readonly number[], more: Partial<ReportSample> = {}): EffectivenessSeries {
  const reports = passed.map((each, week) =>
    report(`r${week}`, { passed: each, of: 20, createdAt: inWeek(week), ...more }),
  );
  const [series, ...others] = effectivenessSeries(reports, Date.parse(inWeek(passed.length - 1)));
  expect(others).toEqual([]);
  if (!series) throw new Error('no series');
  return series;
}

describe('effectiveness over time', () => {
  it('is nothing without a validation that measured one', () => {
    expect(effectivenessSeries([], monday)).toEqual([]);
    expect(effectivenessSeries([report('r', { passed: 0, of: 0 })], monday)).toEqual([]);
  });

  it('never mixes tiers of evidence', () => {
    const reports = [
      report('a', { passed: 1, of: 2, tier: 'replay', createdAt: inWeek(0) }),
      report('b', { passed: 2, of: 2, createdAt: inWeek(0) }),
    ];
    const found = effectivenessSeries(reports, Date.parse(inWeek(0)));
    expect(found.map(({ tier, points }) => [tier, points.length])).toEqual([
      ['static', 1],
      ['replay', 1],
    ]);
  });

  it('pools the scenarios of a week, with weeks without any up to now', () => {
    const reports = [
      report('a', { passed: 3, of: 4, createdAt: inWeek(0) }),
      report('b', { passed: 3, of: 6, createdAt: inWeek(0) }),
    ];
    const [series] = effectivenessSeries(reports, Date.parse(inWeek(2)));
    expect(series?.weeks.map(({ passed, scenarios, value }) => [passed, scenarios, value])).toEqual([
      [6, 10, 0.6],
      [0, 0, null],
      [0, 0, null],
    ]);
    // Wilson interval of 6 of 10.
    expect(series?.weeks[0]?.interval?.[0]).toBeCloseTo(0.3127, 3);
  });

  it('tells no trend and no forecast from too few weeks', () => {
    const few = weekly(new Array<number>(leastTrendBins - 1).fill(10));
    expect(few.trend.direction).toBe('unknown');
    expect(trendText(few)).toBe('No trend can be told: fewer than 8 weeks with a validation are known.');
    const more = weekly(new Array<number>(leastForecastBins - 1).fill(10));
    expect(more.trend.direction).toBe('steady');
    expect(more.forecast).toBeNull();
    expect(forecastText(more)).toContain('No forecast: fewer than 12 weeks');
  });

  it('finds the slope of a line, in share a week', () => {
    const rising = weekly([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(rising.trend.direction).toBe('rising');
    expect(rising.trend.slopePerWeek).toBeCloseTo(0.05, 10);
    expect(rising.trend.interval?.map((end) => Math.round(end * 1e6) / 1e6)).toEqual([0.05, 0.05]);
    expect(trendText(rising)).toContain('Rising: +5.00 percentage points a week');
    expect(weekly([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]).trend.slopePerWeek).toBeCloseTo(-0.05, 10);
  });

  it('forecasts a constant share as itself, between 0 and 1, for the usual number of scenarios', () => {
    const { forecast } = weekly(new Array<number>(16).fill(15));
    expect(forecast).toMatchObject({ level: 0.8, scenarios: 20 });
    expect(forecast?.weeks).toHaveLength(4);
    for (const { expected, interval } of forecast?.weeks ?? []) {
      expect(expected).toBeCloseTo(0.75, 1);
      expect(interval[0]).toBeLessThan(expected);
      expect(interval[1]).toBeGreaterThan(expected);
      expect(interval[0]).toBeGreaterThanOrEqual(0);
      expect(interval[1]).toBeLessThanOrEqual(1);
    }
    expect(forecast?.weeks[0]?.start).toBe(new Date(monday + 16 * weekMs).toISOString());
    expect(forecast?.method).toContain('per scenario');
  });

  it('stays within 0 and 1 where nothing passes or everything does', () => {
    for (const passed of [0, 20]) {
      const { forecast } = weekly(new Array<number>(16).fill(passed));
      for (const { expected, interval } of forecast?.weeks ?? []) {
        expect(Math.min(expected, ...interval)).toBeGreaterThanOrEqual(0);
        expect(Math.max(expected, ...interval)).toBeLessThanOrEqual(1);
      }
    }
  });

  it('keeps a record from a clock that is ahead out of the weeks', () => {
    const reports = [report('a', { passed: 1, of: 2, createdAt: '2090-01-01T00:00:00Z' })];
    const [series] = effectivenessSeries(reports, monday);
    expect(series?.points).toHaveLength(1);
    expect(series?.weeks).toEqual([]);
    expect(series?.forecast).toBeNull();
  });
});
