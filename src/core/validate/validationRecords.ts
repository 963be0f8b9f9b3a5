import { schemaVersion } from '../model/common';
import type { Improvement } from '../model/improvement';
import type { ValidationReport, ValidationResult } from '../model/validation';
import type { Hash, Ports } from '../ports';
import { hunkText } from '../review/applyHunks';
import type { Assessment } from './assess';
import { type Case, scenarioOf, shortHash } from './cases';

/** What a report is about, before it is written down. */
export interface ReportInput {
  readonly reportId: string;
  readonly improvementId: string | null;
  readonly agentType: string;
  readonly assessment: Assessment;
  /** Sentences that stand beside the findings. */
  readonly notes: readonly string[];
  readonly placeboText: string | null;
  readonly heldOut: ValidationReport['heldOut'];
  readonly createdAt: string;
}

export function reportOf({ assessment, notes, placeboText, ...input }: ReportInput): ValidationReport {
  const { abTest, placebo, conclusion } = assessment;
  return {
    schemaVersion,
    ...input,
    tier: abTest.tier,
    verdict: conclusion.verdict,
    reasons: [...assessment.reasons, ...notes],
    abTestId: abTest.abTestId,
    abTest,
    effectiveness: assessment.effectiveness,
    regression: assessment.regression,
    placebo: placebo && placeboText !== null ? { text: placeboText, ...placebo } : null,
  };
}

/** The part of an improvement that a report is about: its base and what the hunks in question say. */
export function fingerprint({ improvementId, baseHash, hunks }: Improvement): string[] {
  const open = hunks.filter(({ decision }) => decision !== 'rejected');
  return [improvementId, baseHash, ...open.flatMap((hunk) => [hunk.hunkId, hunkText(hunk)])];
}

/** Same subject, same cases, same limits: the same id, so that validating again replaces the report. */
export function reportIdOf(subject: readonly string[], cases: readonly Case[], hash: Hash): string {
  return shortHash(hash, [...subject, ...cases.map((one) => scenarioOf(one, hash).scenarioId)]);
}

/** Writes scenarios, outcomes and A/B test, and the report last: whoever finds a report finds all it refers to. */
export async function storeReport(
  ports: Pick<Ports, 'store' | 'hash'>,
  report: ValidationReport,
  cases: readonly Case[],
  outcomes: Assessment['outcomes'],
): Promise<void> {
  const scenarios = cases.map((one) => scenarioOf(one, ports.hash));
  for (const scenario of scenarios) await ports.store.put('scenarios', scenario);
  const result: ValidationResult = {
    schemaVersion,
    resultId: `result-${report.reportId}`,
    reportId: report.reportId,
    outcomes: outcomes.flatMap(({ line, ...outcome }, index) => {
      const scenarioId = scenarios[index]?.scenarioId;
      if (scenarioId === undefined) return [];
      return [{ scenarioId, ...outcome, ...(line === undefined ? {} : { coveredBy: line }) }];
    }),
  };
  await ports.store.put('validationResults', result);
  await ports.store.put('abTests', report.abTest);
  await ports.store.put('validationReports', report);
}
