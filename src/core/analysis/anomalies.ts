import { median, medianAbsoluteDeviation } from 'simple-statistics';
import type { Anomaly, TrendSeries } from '../model/pattern';
import { benjaminiHochberg } from '../statistics/benjaminiHochberg';
import { countExcess } from '../statistics/countExcess';
import { dispersionOf, residualsOf } from '../statistics/dispersion';
import { type ExposedWeek, exposedWeeks } from './weeklySeries';

/** Past weeks that a week is measured against at least, and at most: what was usual two years ago is no measure. */
const leastPast = 8;
const mostPast = 52;
const falseDiscoveryRate = 0.05;
/** Iglewicz and Hoaglin (1993), How to Detect and Handle Outliers: values beyond 3.5 are suspect. */
const leastZ = 3.5;
/** Makes the median absolute deviation of a normal sample its standard deviation. */
const madScale = 1.4826;

interface TestedWeek {
  readonly patternId: string;
  readonly week: ExposedWeek;
  readonly past: readonly ExposedWeek[];
  readonly pValue: number;
}

function testedWeeks(
  patternId: string,
  weeks: readonly ExposedWeek[],
  leastDispersion: number,
): TestedWeek[] {
  return weeks.slice(leastPast).map((week, index) => {
    const end = index + leastPast;
    const past = weeks.slice(Math.max(0, end - mostPast), end);
    return {
      patternId,
      week,
      past,
      pValue: countExcess(week.corrections, week.exposure, past, leastDispersion),
    };
  });
}

/**
 * For each series the dispersion of all others. Whether corrections come in clusters (repeats within a session) a rare
 * pattern's own past cannot tell, but many patterns together can; its own weeks are left out, so that a burst does not hide itself.
 */
function dispersionOfOthers(series: readonly (readonly ExposedWeek[])[]): number[] {
  const own = series.map(residualsOf);
  const squares = own.reduce((sum, each) => sum + each.squares, 0);
  const expected = own.reduce((sum, each) => sum + each.expected, 0);
  return own.map((each) =>
    dispersionOf({ squares: squares - each.squares, expected: expected - each.expected }),
  );
}

/** Null where half of the past weeks or more have one rate, mostly 0: then nothing tells what distance is usual. */
function robustZ(rate: number, past: readonly number[]): number | null {
  const deviation = medianAbsoluteDeviation([...past]);
  return deviation === 0 ? null : (rate - median([...past])) / (madScale * deviation);
}

function anomalyOf({ patternId, week, past, pValue }: TestedWeek, adjustedPValue: number): Anomaly {
  const corrections = past.reduce((sum, each) => sum + each.corrections, 0);
  const exposure = past.reduce((sum, each) => sum + each.exposure, 0);
  return {
    patternId,
    weekStart: week.start,
    observed: week.corrections,
    // Half a correction is added, so that a first occurrence after silence is not said to have been impossible.
    expected: ((corrections + 0.5) / exposure) * week.exposure,
    zScore: robustZ(
      week.corrections / week.exposure,
      past.map((each) => each.corrections / each.exposure),
    ),
    pValue,
    adjustedPValue,
  };
}

/**
 * Weeks in which a pattern showed far more often than its own past lets expect: the tail of Poisson counts (of clustered ones,
 * where the past varies more) against up to 52 weeks before, at a false discovery rate of 5% over all weeks of all patterns
 * tested, and a robust z-score of 3.5 or more of the rate. Of a rare pattern most weeks are 0 and so is their MAD: there the
 * tail decides alone. The tail is that of the rate at the exposure of the week, so a busy week is none for being busy.
 */
export function findAnomalies(series: readonly Pick<TrendSeries, 'patternId' | 'bins'>[]): Anomaly[] {
  const weeks = series.map(({ bins }) => exposedWeeks(bins));
  const common = dispersionOfOthers(weeks);
  const tested = series.flatMap(({ patternId }, index) =>
    testedWeeks(patternId, weeks[index] ?? [], common[index] ?? 1),
  );
  const adjusted = benjaminiHochberg(tested.map((week) => week.pValue));
  return tested
    .flatMap((week, index) => {
      const adjustedPValue = adjusted[index] ?? 1;
      return adjustedPValue <= falseDiscoveryRate ? [anomalyOf(week, adjustedPValue)] : [];
    })
    .filter(({ zScore }) => zScore === null || zScore >= leastZ);
}
