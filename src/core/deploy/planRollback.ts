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
import { eventsOf, liveStates } from './events';
import { readTarget } from './switchVersion';
import { planOtherTarget, type TargetPlan } from './targetPlan';

/** What a rollback does to one file, and to the edits that were live there. */
export interface RollbackTarget extends TargetPlan {
  readonly from: TemplateVersion | undefined;
  /** Versions whose edits go, the live one first. */
  readonly undone: readonly TemplateVersion[];
  /** Versions that come back and were not in the live one. */
  readonly incoming: readonly TemplateVersion[];
  /** Patterns that only the undone versions addressed. */
  readonly patternIds: readonly string[];
}

export interface RollbackPlan {
  readonly template: Template;
  /** The template's own file first, where it is among them. */
  readonly targets: readonly [RollbackTarget, ...RollbackTarget[]];
}

/**
 * Writes nothing. Without `wanted`: the last deployment that is still live is taken back, in every file that it wrote.
 * @throws PipelineError ILLEGAL_STATE when there is nothing to go back to, NOT_FOUND for an unknown version, TARGET_CHANGED
 */
export async function planRollback(
  context: TemplateContext,
  templateId: string,
  wanted: string | undefined,
): Promise<RollbackPlan> {
  const { store } = context.ports;
  const template = await getTemplate(context, templateId);
  const deployments = (await store.list('deployments')).records;
  const own = eventsOf(deployments, templateId);
  const states = liveStates(own);
  const former = states.length > 1 ? states.at(-2) : undefined;
  const top = lastDeployment(own, states.at(-1)?.contentHash ?? null);
  const copies = liveCopies(deployments, templateId);
  const [first, ...rest] = await rollbackTargets();
  if (first === undefined) throw nothingBefore(template);
  return { template, targets: [first, ...rest] };

  async function rollbackTargets(): Promise<readonly RollbackTarget[]> {
    const latest = copies.toSorted((a, b) => (a.deployedAt < b.deployedAt ? -1 : 1)).at(-1);
    // The files of one step are written one after the other, and the own one need not be the last.
    const inOneStep = top?.rolloutId !== undefined && top.rolloutId === latest?.rolloutId;
    const ownIsLast =
      former !== undefined &&
      (latest === undefined || inOneStep || (own.at(-1)?.deployedAt ?? '') >= latest.deployedAt);
    if (wanted !== undefined && !(ownIsLast && wanted === former.version)) return toVersion(wanted);
    const rolloutId = ownIsLast ? top?.rolloutId : latest?.rolloutId;
    const others = copies.filter((each) => each.rolloutId !== undefined && each.rolloutId === rolloutId);
    const targets: RollbackTarget[] = [];
    if (ownIsLast) targets.push(await planStep(context, template, own, former.version));
    for (const copy of others) targets.push(await planReversal(context, deployments, copy));
    return targets;
  }

  /** To a version that need not be the one before; files that hold copies of the template go with it. */
  async function toVersion(number: string): Promise<readonly RollbackTarget[]> {
    const versions = await requireVersions(context, templateId);
    const to = findVersion(versions, templateId, number);
    if (isDraft(to.version)) throw notLive(to, 'is the draft of a review');
    const targets: RollbackTarget[] = [];
    const live = versions.find((each) => each.version === template.deployedVersion);
    if (template.deployedVersion === null && copies.length === 0) throw nothingBefore(template);
    if (live && live.contentHash !== to.contentHash) {
      targets.push(await planStep(context, template, own, to.version));
    }
    const templates = (await store.list('templates')).records;
    const source = { template, wanted: to, versions, templates, deployments };
    for (const copy of copies) {
      const plan = await planOtherTarget(context, source, copy.target);
      if (plan.unchanged || !plan.from || !('versionId' in plan.from)) continue;
      targets.push({ ...plan, from: plan.from, undone: [plan.from], incoming: [], patternIds: [] });
    }
    if (targets.length === 0) throw notLive(to, 'is what the file holds already');
    return targets;
  }
}

/** The step that puts a former version back, or no file. */
export async function planStep(
  context: TemplateContext,
  template: Template,
  events: readonly Deployment[],
  to: string | null,
): Promise<RollbackTarget> {
  const { templateId, deployedVersion } = template;
  const versions = await requireVersions(context, templateId);
  const from = deployedVersion === null ? undefined : findVersion(versions, templateId, deployedVersion);
  const target = await readTarget(context, template, from);
  const kept = ancestry(versions, to).flatMap((each) => each.patternIds);
  const undone = from === undefined ? [] : versionsBetween(versions, from.version, to);
  const patternIds = [...new Set(undone.flatMap((each) => each.patternIds))]
    .filter((patternId) => !kept.includes(patternId))
    .sort();
  return {
    template,
    isNew: false,
    events,
    target,
    from,
    to: to === null ? undefined : findVersion(versions, templateId, to),
    unchanged: false,
    undone,
    incoming: to === null ? [] : versionsBetween(versions, to, deployedVersion),
    patternIds,
  };
}

/** Puts back what stood in a file before one deployment, which must be the live one. */
export async function planReversal(
  context: TemplateContext,
  deployments: readonly Deployment[],
  { templateId, fromVersion }: Deployment,
): Promise<RollbackTarget> {
  const template = await getTemplate(context, templateId);
  return planStep(context, template, eventsOf(deployments, templateId), fromVersion);
}

function lastDeployment(events: readonly Deployment[], contentHash: string | null): Deployment | undefined {
  return events.findLast((each) => each.kind === 'deploy' && each.contentHashAfter === contentHash);
}

/** The deployments that put a copy of the template into other files, where it still is what stands there last. */
function liveCopies(deployments: readonly Deployment[], templateId: string): readonly Deployment[] {
  const isCopy = ({ copiedFrom }: Deployment) => copiedFrom?.startsWith(`${templateId}@`) ?? false;
  const holders = new Set(deployments.filter(isCopy).map((each) => each.templateId));
  return [...holders].sort().flatMap((holder) => {
    const events = eventsOf(deployments, holder);
    const live = liveStates(events).at(-1);
    const last = lastDeployment(events, live?.contentHash ?? null);
    return last && isCopy(last) && live?.version === last.toVersion ? [last] : [];
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
