import type { Verdict } from '../model/common';
import type { Configuration } from '../model/configuration';
import type { AbTest, ValidationReport } from '../model/validation';
import { wilsonInterval } from '../statistics/wilson';
import { abTestOf, type Outcome } from './abTest';
import type { Case } from './cases';
import { reasonsFor } from './reasons';
import { regressionOf } from './regression';
import { type JudgedPrompt, newInstructions } from './staticJudge';
import { type Conclusion, concludeFrom, type Findings } from './verdict';

export interface AssessmentInput {
  readonly cases: readonly Case[];
  /** The old prompt, the new one, and the new one with a placebo in place of the edit. */
  readonly a: JudgedPrompt;
  readonly b: JudgedPrompt;
  readonly placebo: JudgedPrompt | 'none-drawn' | 'not-asked';
  readonly mustShowNonInferiority: boolean;
  readonly abTestId: string;
  /** ISO time. */
  readonly createdAt: string;
  readonly configuration: Configuration;
}

/** Outcome of one case under all texts. `line` (from 1): the instruction of the new prompt that covers it. */
export interface CaseOutcome extends Outcome {
  readonly placebo?: boolean;
  readonly line?: number;
}

export interface Assessment {
  readonly abTest: AbTest;
  readonly effectiveness: ValidationReport['effectiveness'];
  readonly regression: ValidationReport['regression'];
  readonly placebo: { readonly abTest: AbTest; readonly verdict: Verdict } | null;
  readonly conclusion: Conclusion;
  readonly reasons: readonly string[];
  /** In the order of the cases. */
  readonly outcomes: readonly CaseOutcome[];
}

type Texts = Pick<AssessmentInput, 'cases' | 'abTestId' | 'createdAt' | 'configuration'>;

function effectivenessOf(outcomes: readonly Outcome[]): ValidationReport['effectiveness'] {
  const scenarios = outcomes.length;
  if (scenarios === 0) return null;
  const passed = outcomes.filter(({ b }) => b).length;
  return { value: passed / scenarios, interval: wilsonInterval(passed, scenarios), scenarios };
}

/** Figures of one text against the old one: A/B and effectiveness on the addressed cases, regression on all. */
function figuresOf(texts: Texts, outcomes: readonly Outcome[], keepsAll: boolean) {
  const addressed = outcomes.filter((_, index) => texts.cases[index]?.addressed);
  return {
    abTest: abTestOf({
      abTestId: texts.abTestId,
      tier: 'static',
      outcomes: addressed,
      significanceLevel: texts.configuration.significanceLevel,
      createdAt: texts.createdAt,
    }),
    effectiveness: effectivenessOf(addressed),
    regression: regressionOf(outcomes, keepsAll),
  };
}

function keepsAllOf(a: JudgedPrompt, b: JudgedPrompt): boolean {
  return newInstructions(b, a).length === 0;
}

/** Scores the placebo in the edit's place; there is nothing left that it could be measured against itself. */
function placeboFindings(input: AssessmentInput, outcomes: readonly CaseOutcome[], placebo: JudgedPrompt) {
  const texts = { ...input, abTestId: `${input.abTestId}-placebo` };
  const asB = outcomes.map(({ a, placebo: passes }) => ({ a, b: passes ?? false }));
  const figures = figuresOf(texts, asB, keepsAllOf(input.a, placebo));
  const { verdict } = concludeFrom(
    { ...figures, placebo: 'not-asked', mustShowNonInferiority: input.mustShowNonInferiority },
    input.configuration,
  );
  const addressed = outcomes.filter((_, index) => input.cases[index]?.addressed);
  return {
    abTest: figures.abTest,
    verdict,
    editOnly: addressed.filter((outcome) => outcome.b && !outcome.placebo).length,
    placeboOnly: addressed.filter((outcome) => !outcome.b && outcome.placebo).length,
  };
}

/** Judges every case under the old text, the new text and the placebo, and concludes. Pure. */
export function assess(input: AssessmentInput): Assessment {
  const { a, b, placebo } = input;
  const outcomes = input.cases.map(({ correction }): CaseOutcome => {
    const { passes, line } = b.judge(correction);
    return {
      a: a.judge(correction).passes,
      b: passes,
      ...(typeof placebo === 'string' ? {} : { placebo: placebo.judge(correction).passes }),
      ...(line === undefined ? {} : { line }),
    };
  });
  const scored = typeof placebo === 'string' ? placebo : placeboFindings(input, outcomes, placebo);
  const figures = figuresOf(input, outcomes, keepsAllOf(a, b));
  const { mustShowNonInferiority } = input;
  const findings: Findings = { ...figures, placebo: scored, mustShowNonInferiority };
  const conclusion = concludeFrom(findings, input.configuration);
  return {
    abTest: figures.abTest,
    effectiveness: figures.effectiveness,
    regression: { passedBefore: figures.regression.passedBefore, lost: figures.regression.lost },
    placebo: typeof scored === 'string' ? null : { abTest: scored.abTest, verdict: scored.verdict },
    conclusion,
    reasons: reasonsFor(findings, conclusion, input.configuration),
    outcomes,
  };
}
