import { groupBy } from '../groupBy';
import type { Execution, StageRecord } from '../model/execution';

/** Seconds that a stage took. */
export function secondsOf({ startedAt, endedAt }: Pick<StageRecord, 'startedAt' | 'endedAt'>): number {
  return Math.max(0, (Date.parse(endedAt) - Date.parse(startedAt)) / 1000);
}

/** A time-out ends a stage as a cancellation does, but nobody wished it. */
export function hasFailed({ status, error }: Pick<StageRecord, 'status' | 'error'>): boolean {
  return status === 'failed' || error?.code === 'TIMED_OUT';
}

/** Seconds that a run worked: its stages together, without the time it was paused or waited to be resumed. */
export function workedSeconds({ stages }: Pick<Execution, 'stages'>): number {
  return stages.reduce((sum, stage) => sum + secondsOf(stage), 0);
}

/** The clock of a run that must repeat exactly stands still: it measures no time. */
export function isTimed(execution: Execution): boolean {
  return execution.endedAt !== null && workedSeconds(execution) > 0;
}

/** Seconds by stage: what its agents took together, of those that were completed. */
export function secondsByStage({ stages }: Execution): ReadonlyMap<StageRecord['stage'], number> {
  const completed = stages.filter(({ status }) => status === 'completed');
  const seconds = [...groupBy(completed, ({ stage }) => stage)].map(
    ([stage, records]) => [stage, records.reduce((sum, record) => sum + secondsOf(record), 0)] as const,
  );
  return new Map(seconds);
}

/** The whole pipeline for all agents, from capture on, and not a part of it. */
export function isFullRun({ request }: Pick<Execution, 'request'>): boolean {
  return (
    request?.agentTypes === undefined && request?.patternIds === undefined && request?.skipCapture !== true
  );
}

/** Corrections that the run analysed. */
export function correctionsOf({ stages }: Pick<Execution, 'stages'>): number {
  return stages.find(({ stage }) => stage === 'analyze')?.counts['corrections'] ?? 0;
}
