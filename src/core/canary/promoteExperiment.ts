import { passGate } from '../deploy/deploymentGate';
import { planDeployment } from '../deploy/deployVersion';
import { recordFailure } from '../deploy/failure';
import { rollOut } from '../deploy/rollOut';
import { PipelineError } from '../errors';
import type { Experiment, ExperimentEnd } from '../model/experiment';
import { getTemplate } from '../templates/templateRecords';
import { allOrNothing, type Transaction } from '../transaction/allOrNothing';
import type { CanaryContext } from './canaryContext';
import type { CanaryEnd, PromoteOptions } from './canaryPlan';
import { getRunning, requireReason } from './experimentRecords';
import { finish, tidyUp } from './finish';

/** Needs the workspace's lock. */
export async function promoteExperiment(
  context: CanaryContext,
  experimentId: string,
  options: PromoteOptions,
): Promise<CanaryEnd> {
  const { ports, templates } = context;
  const reason = requireReason(experimentId, options.reason);
  const before = await getRunning(ports, experimentId);
  if (before.dryRun) throw illegal(before, 'It is a dry run, which promotes nothing.');
  const { templateId, candidate, baseline } = before;
  const { deployedVersion } = await getTemplate(templates, templateId);

  let ended: CanaryEnd | undefined;
  const close = async (transaction: Transaction, rolloutId?: string) => {
    const end: ExperimentEnd = {
      at: ports.clock.now().toISOString(),
      cause: options.cause ?? 'request',
      automatic: options.automatic ?? false,
      reason,
      inputs: options.inputs ?? {},
      ...(rolloutId === undefined ? {} : { rolloutId }),
    };
    ended = await finish(context, transaction, before, {
      status: 'promoted',
      end,
      action: 'canary.promoted',
    });
  };
  if (deployedVersion === candidate.version) {
    await allOrNothing(ports, { what: `promote ${experimentId}`, subject: experimentId }, (transaction) =>
      close(transaction),
    );
  } else {
    if (deployedVersion !== baseline.version) {
      throw illegal(
        before,
        `${before.path} holds ${deployedVersion ?? 'nothing'} by now, not ${baseline.version}.`,
      );
    }
    await deploy(context, before, reason, close);
  }
  if (ended === undefined) throw illegal(before, `${before.path} holds the candidate already.`);
  await tidyUp(context, ended);
  return { experiment: ended.experiment, notes: ended.notes };
}

async function deploy(
  { templates }: CanaryContext,
  { templateId, candidate }: Experiment,
  reason: string,
  close: (transaction: Transaction, rolloutId: string) => Promise<void>,
): Promise<void> {
  await recordFailure(templates, 'template.deploy-failed', templateId, async () => {
    const plan = await planDeployment(templates, templateId, { version: candidate.version });
    passGate(plan.incoming, undefined);
    return rollOut(templates, {
      templateId,
      kind: 'deploy',
      what: `promote ${candidate.version}`,
      targets: plan.targets,
      reason: () => reason,
      afterwards: close,
    });
  });
}

function illegal({ experimentId }: Experiment, message: string): PipelineError {
  return new PipelineError('ILLEGAL_STATE', `The experiment cannot be promoted. ${message}`, {
    subject: experimentId,
    remedy: 'End it instead, and start another one where it is still wanted; nothing was changed.',
  });
}
