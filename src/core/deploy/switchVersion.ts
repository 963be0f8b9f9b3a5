import { PipelineError } from '../errors';
import type { Deployment, Template, TemplateVersion } from '../model/template';
import type { TemplateContext } from '../templates/templateRecords';
import type { Transaction } from './allOrNothing';
import { deploymentRecord, type EventInput } from './events';

export interface Target {
  /** `undefined` where there is no file yet. */
  readonly bytes: Uint8Array | undefined;
  readonly contentHash: string | null;
}

/**
 * What stands in the template's file, which must be what was deployed there last.
 * @throws PipelineError TARGET_CHANGED
 */
export async function readTarget(
  { ports }: TemplateContext,
  template: Template,
  deployed: TemplateVersion | undefined,
): Promise<Target> {
  const bytes = await ports.promptFiles.read(template.path);
  const contentHash = bytes ? ports.hash.sha256(bytes) : null;
  if (contentHash === (deployed?.contentHash ?? null)) return { bytes, contentHash };
  if (!bytes) {
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
 * Writes a version into its file, reads it back, and records that, or leaves everything as it was. Needs the
 * workspace's lock.
 */
export async function switchVersion(
  context: TemplateContext,
  transaction: Transaction,
  change: Switch,
): Promise<Deployment> {
  const { store, promptFiles, audit, hash } = context.ports;
  const { template, from, to, target, events, kind } = change;
  const bytes = await store.getContent(to.contentHash);
  const backup = target.bytes ? await store.backup(template.path, target.bytes) : null;

  transaction.undo(() => restoreFile(context, template.path, to.contentHash, target));
  await promptFiles.replace(template.path, target.contentHash, bytes);
  const written = await promptFiles.read(template.path);
  if (!written || hash.sha256(written) !== to.contentHash) {
    throw new PipelineError('VERIFICATION_FAILED', `${template.path} does not hold what was written.`, {
      subject: template.path,
      remedy: 'See whether another program writes this file, then try again; no deployment was recorded.',
    });
  }

  const event = deploymentRecord(context, events, { ...change, backup });
  await transaction.put('deployments', event);
  if (from) await transaction.put('versions', { ...from, status: 'deprecated' });
  await transaction.put('versions', { ...to, status: 'active' });
  // What was taken back is no longer what the next deployment would write.
  const current = kind === 'rollback' ? { currentVersion: to.version } : {};
  await transaction.put('templates', { ...template, ...current, deployedVersion: to.version });
  await audit.record(
    kind === 'rollback' ? 'template.rolled-back' : 'template.deployed',
    template.templateId,
    {
      deploymentId: event.deploymentId,
      fromVersion: event.fromVersion,
      toVersion: event.toVersion,
      contentHash: event.contentHashAfter,
    },
  );
  return event;
}

async function restoreFile(
  { ports }: TemplateContext,
  path: string,
  written: string,
  former: Target,
): Promise<void> {
  const now = await ports.promptFiles.read(path);
  const contentHash = now ? ports.hash.sha256(now) : null;
  if (contentHash === former.contentHash) return;
  if (contentHash !== written) {
    ports.log.warn(
      `${path} was changed by another program during a failed deployment; that change was kept.`,
    );
    return;
  }
  if (former.bytes) return ports.promptFiles.replace(path, written, former.bytes);
  throw new PipelineError('STORAGE_FAILED', `${path} was written and cannot be removed again.`, {
    subject: path,
    remedy: 'Delete the file, or initialize to keep it.',
  });
}
