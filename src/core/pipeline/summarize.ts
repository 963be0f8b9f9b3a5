import { schemaVersion } from '../model/common';
import type { DeploymentDecision, Execution, ExecutionResult, StageRecord } from '../model/execution';
import type { Improvement } from '../model/improvement';
import type { ValidationReport } from '../model/validation';

/** Status of a run from its stages: `partial` when some stages failed and others did their work. */
export function executionStatus(stages: readonly StageRecord[]): Execution['status'] {
  if (stages.some((stage) => stage.error?.code === 'TIMED_OUT')) return 'timed-out';
  if (stages.some((stage) => stage.status === 'cancelled')) return 'cancelled';
  const failed = stages.filter((stage) => stage.status === 'failed');
  if (failed.length === 0) return 'completed';
  return failed.some((stage) => stage.stage === 'analyze') ? 'failed' : 'partial';
}

/** The short result of a run of this release: nothing is left out. */
export interface RunSummary extends ExecutionResult {
  readonly improvementSummary: Required<ExecutionResult['improvementSummary']>;
  readonly failures: NonNullable<ExecutionResult['failures']>;
}

/** The short result of a run, for lists and reports. */
export function summarize(
  executionId: string,
  found: {
    readonly stages: readonly StageRecord[];
    readonly decisions: readonly DeploymentDecision[];
    readonly improvements: readonly Improvement[];
    readonly reports: readonly ValidationReport[];
  },
): RunSummary {
  const { stages, decisions, improvements, reports } = found;
  const verdicts = (verdict: ValidationReport['verdict']) =>
    reports.filter((report) => report.verdict === verdict).length;
  const withStatus = (wanted: Improvement['status']) =>
    improvements.filter(({ status }) => status === wanted).length;
  const validated = new Set(reports.map(({ improvementId }) => improvementId));
  const counts = stages.find(({ stage }) => stage === 'analyze')?.counts ?? {};
  const deployed = decisions.filter((decision) => decision.deployed).length;
  return {
    schemaVersion,
    executionId,
    improvementSummary: {
      proposed: withStatus('proposed'),
      drafts: withStatus('draft'),
      improvementIds: improvements.map((improvement) => improvement.improvementId),
      totalImprovements: improvements.length,
      improvementsValidated: improvements.filter(({ improvementId }) => validated.has(improvementId)).length,
    },
    validationSummary: {
      ship: verdicts('ship'),
      reject: verdicts('reject'),
      inconclusive: verdicts('inconclusive'),
    },
    deploymentSummary: {
      deployed,
      waiting: improvements.length - deployed,
      ...(decisions.length > 0 ? { decisions: [...decisions] } : {}),
    },
    corrections: counts.corrections ?? 0,
    patterns: counts.patterns ?? 0,
    failures: stages.flatMap(({ stage, agentType, error }) =>
      error ? [{ stage, agentType, code: error.code, message: error.message, remedy: error.remedy }] : [],
    ),
  };
}
