import { PipelineError } from '../errors';
import type { Experiment } from '../model/experiment';
import { allOrNothing } from '../transaction/allOrNothing';
import type { CanaryContext } from './canaryContext';
import { getRunning } from './experimentRecords';

/** Needs the workspace's lock. */
export async function changeStage(
  { ports }: CanaryContext,
  experimentId: string,
  stage: number,
): Promise<Experiment> {
  const before = await getRunning(ports, experimentId);
  if (!Number.isInteger(stage) || stage <= before.stage || stage >= before.stages.length) {
    throw new PipelineError('INVALID_INPUT', `The experiment cannot go on to stage ${stage + 1}.`, {
      subject: experimentId,
      remedy: `It has ${before.stages.length} and is in stage ${before.stage + 1}; it only goes on. Nothing was changed.`,
    });
  }
  const now = ports.clock.now().toISOString();
  const began = Array.from({ length: stage - before.stage }, () => now);
  const after = { ...before, stage, stagesBegan: [...before.stagesBegan, ...began] };
  const what = `go on to stage ${stage + 1} of ${experimentId}`;
  return allOrNothing(ports, { what, subject: experimentId }, async (transaction) => {
    await transaction.put('experiments', after);
    const detail = { from: before.stage, to: stage, share: after.stages[stage]?.share };
    await ports.audit.record('canary.stage-changed', experimentId, detail, { before, after });
    return after;
  });
}
