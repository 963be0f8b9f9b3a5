import { PipelineError } from '../errors';
import type { Deployment, Template, TemplateVersion } from '../model/template';
import { addVersion } from '../templates/addVersion';
import { descendsFrom, versionsBetween, versionToDeploy } from '../templates/lineage';
import {
  findVersion,
  getTemplate,
  requireVersions,
  type TemplateContext,
} from '../templates/templateRecords';
import { allOrNothing, type Transaction } from './allOrNothing';
import { passGate, requireFinished } from './deploymentGate';
import { eventsOf } from './events';
import { mergeWithDeployed } from './mergeWithDeployed';
import { readTarget, switchVersion } from './switchVersion';

export interface DeployOptions {
  /** Default: the newest accepted version. */
  readonly version?: string;
  /** Where to write; for now only the template's own file. */
  readonly target?: string;
  /** Why a gate is overridden; recorded. */
  readonly override?: string;
  readonly reason?: string;
}

/**
 * Writes a version into its template's file. One that lacks what is deployed (an outside edit came in
 * between) is merged with it into a version of its own. Deploying bytes that are there already changes
 * nothing and gives the last deployment as it is. Needs the workspace's lock.
 */
export async function deployVersion(
  context: TemplateContext,
  templateId: string,
  options: DeployOptions,
): Promise<Deployment> {
  const { store } = context.ports;
  const template = await getTemplate(context, templateId);
  requireOwnFile(template, options.target);
  const versions = await requireVersions(context, templateId);
  const wanted = findVersion(versions, templateId, options.version ?? versionToDeploy(template, versions));
  requireFinished(wanted);
  const incoming = versionsBetween(versions, wanted.version, template.deployedVersion);
  const override = passGate(incoming, options.override);

  const deployed = versions.find((each) => each.version === template.deployedVersion);
  const target = await readTarget(context, template, deployed);
  const events = eventsOf((await store.list('deployments')).records, templateId);
  const last = events.at(-1);
  if (last && wanted.contentHash === target.contentHash) return last;

  return allOrNothing(store, template.path, async (transaction) => {
    const to = await fitting(context, transaction, template, versions, wanted, deployed);
    if (last && to === deployed) return last;
    return switchVersion(context, transaction, {
      kind: 'deploy',
      template: await getTemplate(context, templateId),
      from: deployed,
      to,
      target,
      events,
      reason: options.reason ?? `deployed ${to.version}`,
      ...(override === undefined ? {} : { override }),
    });
  });
}

function requireOwnFile({ path, templateId }: Template, target: string | undefined): void {
  if (target === undefined) return;
  const normal = target.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  if (normal === path) return;
  throw new PipelineError('INVALID_INPUT', `"${templateId}" is deployed to ${path}, not to ${target}.`, {
    subject: target,
    remedy: 'Leave the target out; nothing was written.',
  });
}

/**
 * The version itself where it knows what is deployed (or is what was there before it), else its merge with
 * that.
 */
async function fitting(
  context: TemplateContext,
  transaction: Transaction,
  template: Template,
  versions: readonly TemplateVersion[],
  wanted: TemplateVersion,
  deployed: TemplateVersion | undefined,
): Promise<TemplateVersion> {
  if (
    !deployed ||
    descendsFrom(versions, wanted.version, deployed.version) ||
    descendsFrom(versions, deployed.version, wanted.version)
  ) {
    return wanted;
  }
  const merged = await mergeWithDeployed(context, template.path, versions, wanted, deployed);
  if ('versionId' in merged) return merged;
  const { store } = context.ports;
  transaction.undo(async () => {
    await store.remove('versions', `${template.templateId}@${merged.version}`);
    await store.remove('comparisons', `${deployed.versionId}-to-${merged.version}`);
  });
  transaction.undo(() => store.put('templates', template));
  return addVersion(context, merged);
}
