import type { Execution } from '../model/execution';
import type { Improvement } from '../model/improvement';
import type { RunSummary } from './summarize';

/** What a run gave, as other programs read it. Anything but `completed` has its reasons in `failures`. */
export interface RunAnswer extends RunSummary {
  readonly status: Execution['status'];
  readonly stages: Execution['stages'];
  readonly improvements: readonly Improvement[];
}

export function runAnswer({
  execution,
  result,
  improvements,
}: {
  readonly execution: Execution;
  readonly result: RunSummary;
  readonly improvements: readonly Improvement[];
}): RunAnswer {
  const { status, stages } = execution;
  return { ...result, status, stages, improvements };
}
