import { PipelineError } from '../errors';
import type { Deployment, Template, TemplateVersion } from '../model/template';
import type { TemplateContext } from '../templates/templateRecords';
import { moveToActive, moveToFormer } from '../templates/versionStates';
import type { Transaction } from '../transaction/allOrNothing';
import { deploymentRecord, type EventInput } from './events';

export interface Target {
  /** `undefined` where there is no file yet. */
  readonly bytes: Uint8Array | undefined;
  readonly contentHash: string | null;
}

export async function readAnyTarget({ ports }: TemplateContext, path: string): Promise<Target> {
  const bytes = await ports.promptFiles.read(path);
  return { bytes, contentHash: bytes ? ports.hash.sha256(bytes) : null };
}

/**
 * What stands in the template's file, which must be what was deployed there last.
 * @throws PipelineError TARGET_CHANGED
 */
export async function readTarget(
  context: TemplateContext,
  template: Template,
  deployed: TemplateVersion | undefined,
): Promise<Target> {
  const target = await readAnyTarget(context, template.path);
  if (target.contentHash === (deployed?.contentHash ?? null)) return target;
  if (!target.bytes) {
    throw new PipelineError('TARGET_CHANGED', `${template.path} is gone.`, {
      subject: template.path,
      remedy: `Put the file back (version ${deployed?.version ?? ''} is in the history) and try again; nothing was written.`,
    });
  }
  throw new PipelineError('TARGET_CHANGED', `${template.path} was changed outside; it was not overwritten.`, {
    subject: template.path,
    remedy:
      'Run init (or Claude PM: Initialize) to record the outside edit as a version, then try again: a deployment is merged with it.',
  });
}

export interface Switch extends Omit<EventInput, 'backup'> {
  readonly target: Target;
  readonly events: readonly Deployment[];
}

/**
 * Writes a version into its file and reads it back, or removes a file that was not there before its first deployment, and records that.
 * Needs the workspace's lock.
 */
export async function switchVersion(
  context: TemplateContext,
  transaction: Transaction,
  change: Switch,
): Promise<Deployment> {
  const { store, promptFiles, audit, hash } = context.ports;
  const { template, from, to, target, events, kind } = change;
  const bytes = to === undefined ? null : await store.getContent(to.contentHash);
  const backup = target.bytes ? await store.backup(template.path, target.bytes) : null;

  await transaction.replaceFile(template.path, target.bytes ?? null, bytes);
  const written = await promptFiles.read(template.path);
  if ((written ? hash.sha256(written) : null) !== (to?.contentHash ?? null)) {
    throw new PipelineError('VERIFICATION_FAILED', `${template.path} does not hold what was written.`, {
      subject: template.path,
      remedy: 'See whether another program writes this file, then try again; no deployment was recorded.',
    });
  }

  const event = deploymentRecord(context, events, { ...change, backup });
  await transaction.put('deployments', event);
  if (from) await transaction.put('versions', moveToFormer(from));
  if (to) await transaction.put('versions', moveToActive(to));
  // What was taken back is no longer what the next deployment would write.
  const current = kind === 'rollback' && to ? { currentVersion: to.version } : {};
  await transaction.put('templates', { ...template, ...current, deployedVersion: to?.version ?? null });
  await audit.record(
    kind === 'rollback' ? 'template.rolled-back' : 'template.deployed',
    template.templateId,
    {
      deploymentId: event.deploymentId,
      rolloutId: event.rolloutId,
      fromVersion: event.fromVersion,
      toVersion: event.toVersion,
      contentHashBefore: event.contentHashBefore,
      contentHash: event.contentHashAfter,
      reason: event.reason,
      override: event.override,
    },
    {
      before: event.contentHashBefore,
      after: event.contentHashAfter,
      why: event.override ?? event.reason,
    },
  );
  return event;
}
