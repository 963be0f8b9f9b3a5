import { schemaVersion } from '../model/common';
import type { Execution, ExecutionResult, StageRecord } from '../model/execution';
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

/** The short result of a run, for lists and reports. */
export function summarize(
  executionId: string,
  found: {
    readonly corrections: number;
    readonly patterns: number;
    readonly improvements: readonly Improvement[];
    readonly reports: readonly ValidationReport[];
  },
): ExecutionResult {
  const verdicts = (verdict: ValidationReport['verdict']) =>
    found.reports.filter((report) => report.verdict === verdict).length;
  const proposed = found.improvements.filter((improvement) => improvement.status === 'proposed');
  const drafts = found.improvements.filter((improvement) => improvement.status === 'draft');
  return {
    schemaVersion,
    executionId,
    improvementSummary: {
      proposed: proposed.length,
      drafts: drafts.length,
      improvementIds: found.improvements.map((improvement) => improvement.improvementId),
    },
    validationSummary: {
      ship: verdicts('ship'),
      reject: verdicts('reject'),
      inconclusive: verdicts('inconclusive'),
    },
    deploymentSummary: { deployed: 0, waiting: found.improvements.length },
    corrections: found.corrections,
    patterns: found.patterns,
  };
}
