import type { Deployment, TemplateVersion } from '../model/template';
import { addVersion } from '../templates/addVersion';
import {
  getTemplate,
  type TemplateContext,
  type VersionInput,
  versionIdOf,
  writeVersion,
} from '../templates/templateRecords';
import { allOrNothing, type Transaction } from '../transaction/allOrNothing';
import { deploymentRecord, eventsOf } from './events';
import { switchVersion } from './switchVersion';
import { isMade, type TargetPlan } from './targetPlan';

/** All that was written in one step: into every file or into none. */
export interface Rollout {
  /** Absent where nothing was to be written. */
  readonly rolloutId?: string;
  /** One a file, in the order asked for; of a file that held the bytes already, the deployment that put them there. */
  readonly deployments: readonly Deployment[];
  /** Files that held the bytes already. */
  readonly unchanged: readonly string[];
}

export interface RolloutInput {
  /** Id of the template that the person named. */
  readonly templateId: string;
  readonly kind: 'deploy' | 'rollback';
  readonly what: string;
  readonly targets: readonly TargetPlan[];
  readonly reason: (to: TemplateVersion | undefined) => string;
  readonly override?: string;
  /** Further records of the same step. */
  readonly also?: (transaction: Transaction) => Promise<void>;
  /** The same, once every file is written. Not called where nothing was to be written. */
  readonly afterwards?: (transaction: Transaction, rolloutId: string) => Promise<void>;
}

/**
 * Writes every target, reads each back and records it, or leaves everything as it was. Deployments, rollbacks and their undoing all come
 * here, so here it is asked whether the person may, for each file. Needs the workspace's lock.
 * @throws PipelineError FORBIDDEN
 */
export async function rollOut(context: TemplateContext, input: RolloutInput): Promise<Rollout> {
  const { targets, templateId, what } = input;
  const operation = input.kind === 'deploy' ? 'prompts.deploy' : 'prompts.roll-back';
  for (const { template } of targets) await context.ports.access?.require(operation, template);
  const writes = targets.filter((target) => !target.unchanged || target.isNew);
  if (writes.length === 0) return { deployments: targets.flatMap(lastOf), unchanged: pathsOf(targets) };
  // A rollback is wanted at once, and the bytes that it takes away are kept by themselves.
  if (input.kind === 'deploy') await context.beforeDeployment?.(what, templateId);
  const rolloutId = idOf(context, input);
  return allOrNothing(context.ports, { what, subject: templateId }, async (transaction) => {
    await input.also?.(transaction);
    const deployments: Deployment[] = [];
    for (const target of targets) {
      deployments.push(...(await writeTarget(context, transaction, input, target, rolloutId)));
    }
    await input.afterwards?.(transaction, rolloutId);
    return { rolloutId, deployments, unchanged: pathsOf(targets.filter((target) => target.unchanged)) };
  });
}

const pathsOf = (targets: readonly TargetPlan[]) => targets.map(({ template }) => template.path);
const lastOf = ({ events }: TargetPlan) => events.slice(-1);

/** The number of events of each file tells two steps apart that the clock does not. */
function idOf({ ports }: TemplateContext, { kind, templateId, targets }: RolloutInput): string {
  const files = targets.map(({ template, events }) => [template.path, events.length]);
  const key = JSON.stringify([templateId, kind, ports.clock.now().toISOString(), files]);
  return `rollout-${ports.hash.sha256(key).slice(0, 16)}`;
}

async function writeTarget(
  context: TemplateContext,
  transaction: Transaction,
  input: RolloutInput,
  plan: TargetPlan,
  rolloutId: string,
): Promise<readonly Deployment[]> {
  const { templateId } = plan.template;
  if (plan.unchanged && !plan.isNew) return lastOf(plan);
  if (plan.isNew) await manage(context, transaction, plan);
  const { store } = context.ports;
  const events = plan.isNew ? eventsOf((await store.list('deployments')).records, templateId) : plan.events;
  if (plan.unchanged) return events.slice(-1);
  const from = plan.from && (await made(context, transaction, plan.from));
  const to = plan.to && (await made(context, transaction, plan.to));
  const deployment = await switchVersion(context, transaction, {
    kind: input.kind,
    template: await getTemplate(context, templateId),
    from,
    to,
    target: plan.target,
    events,
    rolloutId,
    reason: input.reason(to),
    ...(input.override === undefined ? {} : { override: input.override }),
  });
  return [deployment];
}

/** Makes the template of a file that was not managed, and records what stands there as its first version. */
async function manage(context: TemplateContext, transaction: Transaction, plan: TargetPlan): Promise<void> {
  const { template, from } = plan;
  const { audit } = context.ports;
  if (from === undefined) {
    await transaction.put('templates', template);
    const change = { before: null, after: template };
    await audit.record('template.created', template.templateId, { path: template.path }, change);
    return;
  }
  await transaction.keep([['templates', template.templateId]]);
  const adopted = await made(context, transaction, from);
  const known = { ...template, deployedVersion: adopted.version };
  const event = {
    kind: 'adopt',
    template,
    from: undefined,
    to: adopted,
    reason: 'adopted',
    backup: null,
  } as const;
  await transaction.put('deployments', deploymentRecord(context, [], event));
  await transaction.put('templates', known);
  const { contentHash } = adopted;
  const change = { before: null, after: contentHash };
  await audit.record('template.adopted', template.templateId, { path: template.path, contentHash }, change);
}

/** The version's record; one that is made by this step is stored. */
async function made(
  context: TemplateContext,
  transaction: Transaction,
  version: TemplateVersion | VersionInput,
): Promise<TemplateVersion> {
  if (isMade(version)) return version;
  const { templateId, parentVersion } = version;
  const versionId = versionIdOf(templateId, version.version);
  const stored = await context.ports.store.get('versions', versionId);
  if (stored) return stored;
  await transaction.keep([['versions', versionId]]);
  if (parentVersion !== null) {
    const parent = versionIdOf(templateId, parentVersion);
    await transaction.keep([['comparisons', `${parent}-to-${version.version}`]]);
  }
  if ((await context.ports.store.get('templates', templateId)) === undefined) {
    return writeVersion(context, version);
  }
  await transaction.keep([['templates', templateId]]);
  return addVersion(context, version);
}
