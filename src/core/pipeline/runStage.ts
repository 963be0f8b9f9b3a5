import { isPipelineError } from '../errors';
import type { StageName, StageRecord } from '../model/execution';
import type { Clock } from '../ports';

export type StageCounts = Record<string, number>;

export interface StageRun<T> {
  readonly record: StageRecord;
  readonly value: T | undefined;
}

/** An error as an execution record keeps it; anything but a `PipelineError` is a bug and says so. */
export function describeError(error: unknown): NonNullable<StageRecord['error']> {
  if (isPipelineError(error)) {
    return { code: error.code, message: error.message, subject: error.subject, remedy: error.remedy };
  }
  return {
    code: 'UNEXPECTED',
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    subject: 'claude-pm-prompts',
    remedy: 'This is a bug: please report it with this text. What was finished before is kept.',
  };
}

const stops = (error: unknown) =>
  isPipelineError(error) && (error.code === 'CANCELLED' || error.code === 'TIMED_OUT');

/** Runs one stage and turns its failure into a record, so that the rest can go on. */
export async function runStage<T>(
  stage: StageName,
  agentType: string | null,
  clock: Clock,
  work: () => Promise<{ value: T; counts: StageCounts } & Pick<StageRecord, 'outputs' | 'dropped'>>,
): Promise<StageRun<T>> {
  const startedAt = clock.now().toISOString();
  const finish = (rest: Omit<StageRecord, 'stage' | 'agentType' | 'startedAt' | 'endedAt'>): StageRecord => ({
    stage,
    agentType,
    startedAt,
    endedAt: clock.now().toISOString(),
    ...rest,
  });
  try {
    const { value, ...rest } = await work();
    return { value, record: finish({ status: 'completed', ...rest }) };
  } catch (error) {
    const status = stops(error) ? 'cancelled' : 'failed';
    return { value: undefined, record: finish({ status, counts: {}, error: describeError(error) }) };
  }
}
