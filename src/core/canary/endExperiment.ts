import type { ExperimentEnd } from '../model/experiment';
import { allOrNothing } from '../transaction/allOrNothing';
import type { CanaryContext } from './canaryContext';
import type { CanaryEnd, EndOptions } from './canaryPlan';
import { getRunning, requireReason } from './experimentRecords';
import { finish, tidyUp } from './finish';

/** Needs the workspace's lock. */
export async function endExperiment(
  context: CanaryContext,
  experimentId: string,
  { cause, reason, automatic = false, inputs = {} }: EndOptions,
): Promise<CanaryEnd> {
  const { ports } = context;
  const why = requireReason(experimentId, reason);
  const before = await getRunning(ports, experimentId);
  const at = ports.clock.now().toISOString();
  const end: ExperimentEnd = { at, cause, automatic, reason: why, inputs };
  const status = cause === 'time-over' ? 'inconclusive' : 'rolled-back';
  const what = `end the experiment ${experimentId}`;
  const ended = await allOrNothing(ports, { what, subject: experimentId }, (transaction) =>
    finish(context, transaction, before, { status, end, action: 'canary.ended' }),
  );
  await tidyUp(context, ended);
  return { experiment: ended.experiment, notes: ended.notes };
}
