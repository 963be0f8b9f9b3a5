import { PipelineError } from '../errors';
import type { Execution } from '../model/execution';
import type { Ports } from '../ports';
import type { RunSupport } from './runSupport';

export type LiveStatus = Execution['status'];

/** Runs that have begun and not ended, newest first. */
export async function unfinishedRuns({ store }: Pick<Ports, 'store'>): Promise<readonly Execution[]> {
  const { records } = await store.list('executions');
  return records
    .filter(({ endedAt }) => endedAt === null)
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0));
}

/** The run whose process has ended in the midst of it, while nobody runs. */
export async function interruptedRun(
  ports: Pick<Ports, 'store'>,
  support: Pick<RunSupport, 'holder'>,
): Promise<Execution | undefined> {
  const [newest] = await unfinishedRuns(ports);
  return newest !== undefined && support.holder() === undefined ? newest : undefined;
}

/** Status as a person sees it: a run that nobody runs is interrupted, whatever its record says. @param holder see `RunSupport` */
export function liveStatus(execution: Execution, holder: string | undefined): LiveStatus {
  return execution.endedAt === null && holder === undefined ? 'interrupted' : execution.status;
}

/** "validate of reviewer" */
export function stageText(at: { readonly stage: string; readonly agentType: string | null }): string {
  return at.agentType === null ? at.stage : `${at.stage} of ${at.agentType}`;
}

/** Where a run is, or was when it was interrupted. */
export function placeOf({ current, stages }: Execution): string {
  if (current) return stageText(current);
  const last = stages.at(-1);
  return last ? `after ${stageText(last)}` : 'its beginning';
}

/** @throws PipelineError LOCKED: who runs, since when and where it is */
export async function runGoesOn(
  ports: Pick<Ports, 'store'>,
  support: Pick<RunSupport, 'holder'>,
): Promise<PipelineError> {
  const [newest] = await unfinishedRuns(ports);
  const since = newest ? ` since ${newest.startedAt}, now in ${placeOf(newest)}` : '';
  return new PipelineError(
    'LOCKED',
    `A run goes on already${since} (${support.holder() ?? 'it is just ending'}).`,
    {
      subject: newest?.executionId ?? 'run',
      remedy: 'Wait for its end, or end it with "claude-pm-prompts cancel"; nothing was changed.',
    },
  );
}

/** A new run ends those that were interrupted before it: whoever starts one does not want the old one resumed. */
export async function endInterruptedRuns({
  store,
  clock,
  audit,
}: Pick<Ports, 'store' | 'clock' | 'audit'>): Promise<void> {
  for (const execution of await unfinishedRuns({ store })) {
    const { current: _, ...rest } = execution;
    await store.put('executions', {
      ...rest,
      status: 'interrupted',
      endedAt: clock.now().toISOString(),
    });
    await store.remove('runControls', execution.executionId);
    await audit.record('pipeline.given-up', execution.executionId, { at: placeOf(execution) });
  }
}
