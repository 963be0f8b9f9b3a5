import { PipelineError } from '../errors';
import type { TemplateContext } from '../templates/templateRecords';
import { moveTo } from '../templates/versionStates';
import { passGate, requireFinished } from './deploymentGate';
import { planReversal, planRollback, type RollbackTarget } from './planRollback';
import { recordRedoneImprovements } from './recordRedoneImprovements';
import { recordUndoneImprovements } from './recordUndoneImprovements';
import { type Rollout, rollOut } from './rollOut';
import { isMade } from './targetPlan';

export interface RollbackOptions {
  /** Version to go to; default: what stood there before the last deployment. */
  readonly to?: string;
  readonly reason: string;
}

/** Restores former bytes exactly, in every file at once, and records that with its reason. Needs the workspace's lock. */
export async function rollbackVersion(
  context: TemplateContext,
  templateId: string,
  options: RollbackOptions,
): Promise<Rollout> {
  const reason = requireReason(templateId, options.reason);
  const { targets } = await planRollback(context, templateId, options.to);
  for (const target of targets) passGates(target);
  return rollOut(context, {
    templateId,
    kind: 'rollback',
    what: `roll back to ${options.to ?? targets[0].to?.version ?? 'no file'}`,
    targets,
    reason: () => reason,
    also: async (transaction) => {
      for (const target of targets) {
        // Accepted versions below the live one go with it: the next edit must not bring them back.
        for (const version of target.undone) {
          if (version.status === 'approved') {
            await transaction.put('versions', moveTo(version, 'deprecated'));
          }
        }
        await recordUndoneImprovements(context, transaction, target);
      }
    },
  });
}

/** What taking one step back would do. */
export interface UndoPlan {
  readonly templateId: string;
  /** Of the step that is taken back. */
  readonly undone: 'deploy' | 'rollback';
  readonly targets: readonly RollbackTarget[];
}

/**
 * Writes nothing.
 * @throws PipelineError NOT_FOUND, ILLEGAL_STATE where a file holds another version since, TARGET_CHANGED
 */
export async function planUndo(context: TemplateContext, rolloutId: string): Promise<UndoPlan> {
  const deployments = (await context.ports.store.list('deployments')).records;
  const written = deployments.filter((each) => each.rolloutId === rolloutId && each.kind !== 'adopt');
  const [first] = written;
  if (!first) {
    throw new PipelineError('NOT_FOUND', `There is no deployment step ${rolloutId}.`, {
      subject: rolloutId,
      remedy: 'List the deployments for their steps; nothing was written.',
    });
  }
  const targets: RollbackTarget[] = [];
  for (const deployment of written) {
    const target = await planReversal(context, deployments, deployment);
    if ((target.from?.version ?? null) !== deployment.toVersion)
      throw heldSince(target, deployment.toVersion);
    targets.push(target);
  }
  const undone = first.kind === 'rollback' ? 'rollback' : 'deploy';
  return { templateId: first.templateId, undone, targets };
}

/**
 * Takes one step back as a whole, a deployment or a rollback, as long as every file still holds what it wrote. Needs the workspace's lock.
 * @throws PipelineError as `planUndo`, and INVALID_INPUT without a reason
 */
export async function undoRollout(
  context: TemplateContext,
  rolloutId: string,
  reason: string,
): Promise<Rollout> {
  const said = requireReason(rolloutId, reason);
  const { templateId, undone, targets } = await planUndo(context, rolloutId);
  return rollOut(context, {
    templateId,
    kind: undone === 'rollback' ? 'deploy' : 'rollback',
    what: `take back ${undone} ${rolloutId}`,
    targets,
    reason: () => said,
    also: async (transaction) => {
      const record = undone === 'rollback' ? recordRedoneImprovements : recordUndoneImprovements;
      for (const target of targets) await record(context, transaction, target);
    },
  });
}

/** Going to a version that was never live is a deployment in all but name. */
function passGates({ to, events, incoming }: RollbackTarget): void {
  if (!to || !isMade(to) || events.some((event) => event.toVersion === to.version)) return;
  requireFinished(to);
  passGate(incoming, undefined);
}

function requireReason(subject: string, given: string): string {
  const reason = given.trim();
  if (reason !== '') return reason;
  throw new PipelineError('INVALID_INPUT', 'A rollback needs a reason.', {
    subject,
    remedy: 'Say in a few words why; it is kept in the history.',
  });
}

function heldSince({ template, from }: RollbackTarget, wrote: string | null): PipelineError {
  return new PipelineError(
    'ILLEGAL_STATE',
    `${template.path} holds ${from?.version ?? 'nothing'} since, not ${wrote ?? 'no file'} any longer.`,
    {
      subject: template.path,
      remedy: 'Roll that file back by itself, or name the version to go to; nothing was written.',
    },
  );
}
