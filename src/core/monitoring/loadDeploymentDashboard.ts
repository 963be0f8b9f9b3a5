import { isPipelineError } from '../errors';
import type { Deployment, Template, TemplateVersion } from '../model/template';
import type { Ports, Skipped } from '../ports';
import { type DeploymentDashboard, type DeploymentRecords, deploymentDashboard } from './deploymentDashboard';

type Reading = Pick<Ports, 'store' | 'promptFiles' | 'hash'>;

export interface LoadedDashboard {
  readonly dashboard: DeploymentDashboard;
  /** Records that could not be read. */
  readonly skipped: readonly Skipped[];
}

/** Reads the records and every target's file; writes nothing. */
export async function loadDeploymentDashboard(ports: Reading): Promise<LoadedDashboard> {
  const { held, skipped, ...records } = await readTargets(ports);
  const audit = await ports.store.readLog('audit');
  return {
    dashboard: deploymentDashboard({ ...records, audit: audit.records }, held),
    skipped: [...skipped, ...audit.skipped],
  };
}

export interface ReadTargets extends Omit<DeploymentRecords, 'audit'> {
  /** SHA-256 of what each template's file holds, null for none; a file that must or could not be read is left out. */
  readonly held: ReadonlyMap<string, string | null>;
  readonly skipped: readonly Skipped[];
}

/** What is deployed where, and what the files hold. */
export async function readTargets(ports: Reading): Promise<ReadTargets> {
  const templates = await ports.store.list('templates');
  const deployments = await ports.store.list('deployments');
  const versions = await neededVersions(ports, templates.records, deployments.records);
  return {
    templates: templates.records,
    deployments: deployments.records,
    versions: versions.records,
    held: await heldContents(ports, templates.records),
    skipped: [...templates.skipped, ...deployments.skipped, ...versions.skipped],
  };
}

/** The versions of templates without an event: all others name their content in it, and there may be very many. */
async function neededVersions(
  { store }: Pick<Ports, 'store'>,
  templates: readonly Template[],
  deployments: readonly Deployment[],
): Promise<{ readonly records: readonly TemplateVersion[]; readonly skipped: readonly Skipped[] }> {
  const withEvents = new Set(deployments.map(({ templateId }) => templateId));
  const records: TemplateVersion[] = [];
  const skipped: Skipped[] = [];
  for (const { templateId, deployedVersion } of templates) {
    if (withEvents.has(templateId) || deployedVersion === null) continue;
    try {
      const version = await store.get('versions', `${templateId}@${deployedVersion}`);
      if (version) records.push(version);
    } catch (error) {
      if (!isPipelineError(error)) throw error;
      skipped.push({ path: error.subject, line: 0, reason: error.message });
    }
  }
  return { records, skipped };
}

async function heldContents(
  { promptFiles, hash }: Pick<Ports, 'promptFiles' | 'hash'>,
  templates: readonly Pick<Template, 'path'>[],
): Promise<ReadonlyMap<string, string | null>> {
  const held = new Map<string, string | null>();
  for (const { path } of templates) {
    try {
      const bytes = await promptFiles.read(path);
      held.set(path, bytes === undefined ? null : hash.sha256(bytes));
    } catch (error) {
      // Told as "not looked": one of the person's own that nobody asked for, or one without permission.
      if (!isPipelineError(error)) throw error;
    }
  }
  return held;
}
