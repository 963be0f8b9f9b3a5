import { median, medianAbsoluteDeviation } from 'simple-statistics';
import type { Anomaly, TrendSeries } from '../model/pattern';
import { benjaminiHochberg } from '../statistics/benjaminiHochberg';
import { poissonUpperTail } from '../statistics/poisson';

/** Past weeks that a week is measured against at least. */
const leastPast = 8;
const falseDiscoveryRate = 0.05;
/** Iglewicz and Hoaglin (1993), How to Detect and Handle Outliers: values beyond 3.5 are suspect. */
const leastZ = 3.5;
/** Makes the median absolute deviation of a normal sample its standard deviation. */
const madScale = 1.4826;

function robustZ(value: number, past: readonly number[]): number | null {
  const deviation = medianAbsoluteDeviation([...past]);
  return deviation === 0 ? null : (value - median([...past])) / (madScale * deviation);
}

function weeksOf({ patternId, bins }: TrendSeries): Anomaly[] {
  const exposureKnown = bins.some((bin) => bin.exposure > 0);
  const observed = bins
    .map((bin) => ({ bin, share: exposureKnown ? Math.max(bin.exposure, bin.corrections > 0 ? 1 : 0) : 1 }))
    .filter(({ share }) => share > 0);
  return observed.slice(leastPast).map(({ bin, share }, index): Anomaly => {
    const past = observed.slice(0, index + leastPast);
    const corrections = past.reduce((sum, week) => sum + week.bin.corrections, 0);
    const shares = past.reduce((sum, week) => sum + week.share, 0);
    // Half a correction is added, so that a first occurrence after silence is rare and not impossible.
    const expected = ((corrections + 0.5) / shares) * share;
    return {
      patternId,
      weekStart: bin.start,
      observed: bin.corrections,
      expected,
      zScore: robustZ(
        bin.corrections / share,
        past.map((week) => week.bin.corrections / week.share),
      ),
      pValue: poissonUpperTail(bin.corrections, expected),
    };
  });
}

/**
 * Weeks in which a pattern showed far more often than its own past lets expect: Poisson upper tail at the past mean, at a false
 * discovery rate of 5% over all weeks of all patterns tested, and a robust z-score of 3.5 or more where one can be had.
 */
export function findAnomalies(series: readonly TrendSeries[]): Anomaly[] {
  const tested = series.flatMap(weeksOf);
  const adjusted = benjaminiHochberg(tested.map((week) => week.pValue));
  return tested.filter(
    (week, index) =>
      (adjusted[index] ?? 1) <= falseDiscoveryRate && (week.zScore === null || week.zScore >= leastZ),
  );
}
