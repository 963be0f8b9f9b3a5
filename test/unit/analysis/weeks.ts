import type { WeeklyBin } from '../../../src/core/analysis/weeklySeries';
import type { Random } from '../../../src/core/ports';
import { clusteredDraw, exposures } from '../statistics/simulate';

const weekMs = 7 * 86_400_000;
const monday = Date.parse('2026-01-05T00:00:00Z');

/** Monday of the week `index` of every series of these tests. */
export function startOf(index: number): string {
  return new Date(monday + index * weekMs).toISOString();
}

/** Weekly bins of the counts; without exposure none is known. */
export function bins(corrections: readonly number[], exposure: readonly number[] = []): WeeklyBin[] {
  return corrections.map((count, index) => ({
    start: startOf(index),
    corrections: count,
    exposure: exposure[index] ?? 0,
  }));
}

export interface Simulated {
  readonly weeks: number;
  /** Corrections a week, at the mean exposure. */
  readonly rate: number;
  readonly exposure: keyof typeof exposures;
  /** Repeats that each correction brings with it on average; 0 for Poisson counts. */
  readonly repeats?: number;
  /** What the rate is multiplied by in each week. */
  readonly course?: (week: number) => number;
}

export function simulated(
  { weeks, rate, exposure, repeats = 0, course = () => 1 }: Simulated,
  random: Random,
): WeeklyBin[] {
  const sessions = exposures[exposure]?.(weeks, random) ?? [];
  const mean = sessions.reduce((sum, each) => sum + each, 0) / weeks;
  return bins(
    sessions.map((each, week) => clusteredDraw((rate * course(week) * each) / mean, repeats, random)),
    sessions,
  );
}
