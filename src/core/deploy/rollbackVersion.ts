import { PipelineError } from '../errors';
import type { Deployment, Template, TemplateVersion } from '../model/template';
import { ancestry, versionsBetween } from '../templates/lineage';
import {
  findVersion,
  getTemplate,
  requireVersions,
  type TemplateContext,
} from '../templates/templateRecords';
import { isDraft } from '../templates/versionNumbers';
import { allOrNothing } from './allOrNothing';
import { passGate, requireFinished } from './deploymentGate';
import { eventsOf, liveStates } from './events';
import { recordUndoneImprovements } from './recordUndoneImprovements';
import { readTarget, switchVersion } from './switchVersion';

export interface RollbackPlan {
  readonly template: Template;
  readonly events: readonly Deployment[];
  readonly from: TemplateVersion;
  readonly to: TemplateVersion;
  /** Versions whose edits go, the live one first. */
  readonly undone: readonly TemplateVersion[];
  /** Versions that come with `to` and were not in the live one. */
  readonly incoming: readonly TemplateVersion[];
  /** Patterns that only the undone versions addressed. */
  readonly patternIds: readonly string[];
}

/**
 * @throws PipelineError ILLEGAL_STATE when there is nothing to go back to, NOT_FOUND for an unknown version
 */
export async function planRollback(
  context: TemplateContext,
  templateId: string,
  wanted: string | undefined,
): Promise<RollbackPlan> {
  const template = await getTemplate(context, templateId);
  const versions = await requireVersions(context, templateId);
  const { records } = await context.ports.store.list('deployments');
  const events = eventsOf(records, templateId);
  const states = liveStates(events);
  const former = states.at(-2)?.version;
  const number = wanted ?? former;
  if (template.deployedVersion === null || number === undefined) throw nothingBefore(template);

  const from = findVersion(versions, templateId, template.deployedVersion);
  const to = findVersion(versions, templateId, number);
  if (isDraft(to.version)) throw notLive(to, 'is the draft of a review');
  if (to.contentHash === from.contentHash) throw notLive(to, 'is what the file holds already');
  const kept = ancestry(versions, to.version).flatMap((each) => each.patternIds);
  const undone = versionsBetween(versions, from.version, to.version);
  const patternIds = [...new Set(undone.flatMap((each) => each.patternIds))]
    .filter((patternId) => !kept.includes(patternId))
    .sort();
  const incoming = versionsBetween(versions, to.version, from.version);
  return { template, events, from, to, undone, incoming, patternIds };
}

/** Restores former bytes exactly, and records that with its reason. Needs the workspace's lock. */
export async function rollbackVersion(
  context: TemplateContext,
  templateId: string,
  options: { readonly to?: string; readonly reason: string },
): Promise<Deployment> {
  const reason = options.reason.trim();
  if (reason === '') {
    throw new PipelineError('INVALID_INPUT', 'A rollback needs a reason.', {
      subject: templateId,
      remedy: 'Say in a few words why; it is kept in the history.',
    });
  }
  const plan = await planRollback(context, templateId, options.to);
  // Going to a version that was never live is a deployment in all but name.
  if (!plan.events.some((event) => event.toVersion === plan.to.version)) {
    requireFinished(plan.to);
    passGate(plan.incoming, undefined);
  }
  const { template, events, from, to, undone } = plan;
  const target = await readTarget(context, template, from);
  return allOrNothing(context.ports.store, template.path, async (transaction) => {
    // Accepted versions below the live one go with it: the next edit must not bring them back.
    for (const version of undone) {
      if (version.status === 'approved') {
        await transaction.put('versions', { ...version, status: 'deprecated' });
      }
    }
    await recordUndoneImprovements(context, transaction, plan);
    return switchVersion(context, transaction, {
      kind: 'rollback',
      template,
      from,
      to,
      target,
      events,
      reason,
    });
  });
}

function nothingBefore({ templateId, path }: Template): PipelineError {
  return new PipelineError('ILLEGAL_STATE', `${path} has nothing to roll back to.`, {
    subject: templateId,
    remedy: 'The file is as it was adopted; name a version to go to another one.',
  });
}

function notLive({ version, versionId }: TemplateVersion, why: string): PipelineError {
  return new PipelineError('ILLEGAL_STATE', `Cannot roll back to ${version}: it ${why}.`, {
    subject: versionId,
    remedy: 'Name another version, or none to restore what was there before the last deployment.',
  });
}
