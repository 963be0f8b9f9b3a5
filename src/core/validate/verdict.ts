import type { Verdict } from '../model/common';
import type { Configuration } from '../model/configuration';
import type { AbTest, ValidationReport } from '../model/validation';
import { mcnemarExact } from '../statistics/mcnemar';
import { exceedsMargin, isNonInferior, type Regression } from './regression';

/** What a verdict takes, from the configuration. */
export type Limits = Pick<
  Configuration,
  | 'validationSampleSize'
  | 'significanceLevel'
  | 'effectivenessThreshold'
  | 'smallestEffect'
  | 'regressionMargin'
>;

/** The edit set against its placebo on the addressed scenarios. */
export interface PlaceboContest {
  readonly verdict: Verdict;
  /** Scenarios that only the edit passes, and those that only the placebo does. */
  readonly editOnly: number;
  readonly placeboOnly: number;
}

export interface Findings {
  readonly abTest: AbTest;
  readonly effectiveness: ValidationReport['effectiveness'];
  readonly regression: Regression;
  /**
   * An edit must be shown not to cost what works. Two whole texts need not: there the losses weigh in the A/B test itself,
   * and only a loss seen beyond the margin stands in the way.
   */
  readonly mustShowNonInferiority: boolean;
  /** `none-drawn`: there should be one, but there were no words for it. `not-asked`: nothing was edited that it could stand in for. */
  readonly placebo: PlaceboContest | 'none-drawn' | 'not-asked';
}

export interface Conclusion {
  readonly verdict: Verdict;
  /** Why it is reject by harm: the old prompt is significantly better. */
  readonly harm: boolean;
  /** What stands between the findings and `ship`. */
  readonly missing: readonly Condition[];
}

export type Condition =
  | 'pairs'
  | 'significance'
  | 'effectiveness'
  | 'regression'
  | 'non-inferiority'
  | 'placebo';

/** The edit does significantly better than its placebo, and the placebo would not ship itself. */
export function beatsPlacebo(contest: PlaceboContest, significanceLevel: number): boolean {
  const { editOnly, placeboOnly, verdict } = contest;
  return (
    verdict !== 'ship' && editOnly > placeboOnly && mcnemarExact(editOnly, placeboOnly) < significanceLevel
  );
}

function missingFor(findings: Findings, limits: Limits): Condition[] {
  const { abTest, effectiveness, regression, placebo } = findings;
  const missing: Condition[] = [];
  if (abTest.pairs < limits.validationSampleSize) missing.push('pairs');
  const better = abTest.difference > 0 && abTest.mcnemarExact < limits.significanceLevel;
  if (!better) missing.push('significance');
  if ((effectiveness?.value ?? 0) < limits.effectivenessThreshold) missing.push('effectiveness');
  if (exceedsMargin(regression, limits.regressionMargin)) missing.push('regression');
  else if (findings.mustShowNonInferiority && !isNonInferior(regression, limits.regressionMargin)) {
    missing.push('non-inferiority');
  }
  const beaten =
    placebo === 'not-asked' || (placebo !== 'none-drawn' && beatsPlacebo(placebo, limits.significanceLevel));
  if (!beaten) missing.push('placebo');
  return missing;
}

/** Significantly more lost than gained: on the scenarios addressed, or on all of them. */
function isHarmful({ abTest, regression }: Findings, level: number): boolean {
  const { lost, gained } = regression;
  const onAddressed = abTest.difference < 0 && abTest.mcnemarExact < level;
  return onAddressed || (lost > gained && mcnemarExact(lost, gained) < level);
}

/**
 * With enough pairs the interval leaves out the smallest effect that matters. Not where the old prompt passes so
 * many scenarios that no such effect could be seen: then the test has no room, and says nothing.
 */
function isFutile({ abTest }: Findings, limits: Limits): boolean {
  const room = 1 - abTest.passRate.a;
  const upper = abTest.interval?.[1] ?? 1;
  return (
    abTest.pairs >= limits.validationSampleSize &&
    room >= limits.smallestEffect &&
    upper < limits.smallestEffect
  );
}

/**
 * Ship needs enough pairs, significance at the fixed size, effectiveness, no regression beyond the margin and a
 * beaten placebo; reject needs evidence of harm, or an interval that leaves out the smallest effect that matters; all
 * else is inconclusive. Too little data is never a pass.
 */
export function concludeFrom(findings: Findings, limits: Limits): Conclusion {
  const missing = missingFor(findings, limits);
  const harm = isHarmful(findings, limits.significanceLevel);
  if (harm) return { verdict: 'reject', harm, missing };
  if (missing.length === 0) return { verdict: 'ship', harm, missing };
  return { verdict: isFutile(findings, limits) ? 'reject' : 'inconclusive', harm, missing };
}
