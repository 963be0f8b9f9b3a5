import type { Deployment, Template, TemplateVersion } from '../model/template';
import { versionsBetween, versionToDeploy } from '../templates/lineage';
import {
  findVersion,
  getTemplate,
  requireVersions,
  type TemplateContext,
} from '../templates/templateRecords';
import { passGate, requireFinished } from './deploymentGate';
import { type Rollout, rollOut } from './rollOut';
import { type TargetOptions, targetPaths } from './targetPaths';
import { planOtherTarget, planOwnTarget, type Source, type TargetPlan } from './targetPlan';

export interface DeployOptions extends TargetOptions {
  /** Default: the newest accepted version. */
  readonly version?: string;
  /** One path to write; see `targets`. */
  readonly target?: string;
  /** Why a gate is overridden; recorded. */
  readonly override?: string;
  readonly reason?: string;
}

/** What a deployment would do. */
export interface DeploymentPlan {
  readonly template: Template;
  readonly wanted: TemplateVersion;
  /** All versions of the template. */
  readonly versions: readonly TemplateVersion[];
  /** Versions whose edits the deployment brings, the newest first. */
  readonly incoming: readonly TemplateVersion[];
  readonly targets: readonly TargetPlan[];
}

/**
 * Writes nothing.
 * @throws PipelineError NOT_FOUND, ILLEGAL_STATE (a draft), INVALID_INPUT, TARGET_CHANGED, MERGE_CONFLICT
 */
export async function planDeployment(
  context: TemplateContext,
  templateId: string,
  options: DeployOptions,
): Promise<DeploymentPlan> {
  const { store } = context.ports;
  const template = await getTemplate(context, templateId);
  const versions = await requireVersions(context, templateId);
  const wanted = findVersion(versions, templateId, options.version ?? versionToDeploy(template, versions));
  const templates = (await store.list('templates')).records;
  const paths = targetPaths(template, templates, {
    targets: [...(options.targets ?? []), ...(options.target === undefined ? [] : [options.target])],
    agents: options.agents ?? [],
  });
  requireFinished(wanted);
  const deployments = await eventsAt(context, templates, paths);
  const source: Source = { template, wanted, versions, templates, deployments };
  const targets: TargetPlan[] = [];
  for (const path of paths) {
    const own = path === template.path;
    targets.push(own ? await planOwnTarget(context, source) : await planOtherTarget(context, source, path));
  }
  const incoming = versionsBetween(versions, wanted.version, template.deployedVersion);
  return { template, wanted, versions, incoming, targets };
}

/** The deployments into these files; those of other templates are not read. */
async function eventsAt(
  { ports }: TemplateContext,
  templates: readonly Template[],
  paths: readonly string[],
): Promise<readonly Deployment[]> {
  const written = templates.filter(({ path }) => paths.includes(path));
  const listings = await Promise.all(
    written.map(({ templateId }) => ports.store.list('deployments', `${templateId}.`)),
  );
  return listings.flatMap(({ records }) => records);
}

/**
 * Writes a version into its template's file, or into the files asked for: into all of them or into none. One that lacks what is deployed
 * (an outside edit came in between) is merged with it into a version of its own. Deploying bytes that are there already changes
 * nothing and gives the last deployment as it is. Needs the workspace's lock.
 */
export async function deployVersion(
  context: TemplateContext,
  templateId: string,
  options: DeployOptions,
): Promise<Rollout> {
  const plan = await planDeployment(context, templateId, options);
  const override = passGate(plan.incoming, options.override);
  return rollOut(context, {
    templateId,
    kind: 'deploy',
    what: `deploy ${plan.wanted.version}`,
    targets: plan.targets,
    reason: (to) => options.reason ?? `deployed ${to?.version ?? ''}`,
    ...(override === undefined ? {} : { override }),
  });
}
