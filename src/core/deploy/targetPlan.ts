import { schemaVersion } from '../model/common';
import type { Deployment, Template, TemplateVersion } from '../model/template';
import { agentOfPath } from '../prompt/kinds/agentOfPath';
import { kindOf } from '../prompt/kinds/kindOf';
import { templateTypeOf } from '../templates/adoptPrompts';
import { descendsFrom } from '../templates/lineage';
import { decodePrompt, encodePrompt } from '../templates/promptText';
import { templateIdOf } from '../templates/templateId';
import {
  requireVersions,
  type TemplateContext,
  textOf,
  type VersionInput,
} from '../templates/templateRecords';
import { firstVersion, isDraft, nextVersion } from '../templates/versionNumbers';
import { eventsOf } from './events';
import { mergeWithDeployed } from './mergeWithDeployed';
import { withOwnFrontmatter } from './ownFrontmatter';
import { readAnyTarget, readTarget, type Target } from './switchVersion';

/** What one step would do to one file. Nothing of it is written yet. */
export interface TargetPlan {
  /** Of the file; one that is not managed yet gets a template with the step. */
  readonly template: Template;
  readonly isNew: boolean;
  readonly events: readonly Deployment[];
  readonly target: Target;
  /** What stands there, as a version: one that there is, or one that the step records first; `undefined` for no file. */
  readonly from: TemplateVersion | VersionInput | undefined;
  /** What it will hold: a version that there is, or one that the step makes; `undefined` for no file. */
  readonly to: TemplateVersion | VersionInput | undefined;
  /** The bytes that the file would hold are there already. */
  readonly unchanged: boolean;
}

export interface Source {
  readonly template: Template;
  readonly wanted: TemplateVersion;
  /** All versions of the template. */
  readonly versions: readonly TemplateVersion[];
  readonly templates: readonly Template[];
  readonly deployments: readonly Deployment[];
}

export const isMade = (version: TemplateVersion | VersionInput): version is TemplateVersion =>
  'versionId' in version;

/**
 * The template's own file: the version itself where it knows what is deployed (or is what was there before it), else its merge with
 * that.
 * @throws PipelineError TARGET_CHANGED, MERGE_CONFLICT
 */
export async function planOwnTarget(context: TemplateContext, source: Source): Promise<TargetPlan> {
  const { template, wanted, versions, deployments } = source;
  const deployed = versions.find((each) => each.version === template.deployedVersion);
  const target = await readTarget(context, template, deployed);
  const events = eventsOf(deployments, template.templateId);
  const plan = { template, isNew: false, events, target, from: deployed };
  if (events.length > 0 && wanted.contentHash === target.contentHash) {
    return { ...plan, to: deployed ?? wanted, unchanged: true };
  }
  const related =
    !deployed ||
    descendsFrom(versions, wanted.version, deployed.version) ||
    descendsFrom(versions, deployed.version, wanted.version);
  const to = related ? wanted : await mergeWithDeployed(context, template.path, versions, wanted, deployed);
  return { ...plan, to, unchanged: events.length > 0 && to === deployed };
}

/**
 * Another file: its own template gets a version with this text and the file's own frontmatter. What is there unmanaged is recorded first,
 * so that it can be restored.
 * @throws PipelineError TARGET_CHANGED, RECORD_UNREADABLE
 */
export async function planOtherTarget(
  context: TemplateContext,
  source: Source,
  path: string,
): Promise<TargetPlan> {
  const known = source.templates.find((each) => each.path === path);
  return known ? planManaged(context, source, known) : planUnmanaged(context, source, path);
}

async function planManaged(
  context: TemplateContext,
  source: Source,
  template: Template,
): Promise<TargetPlan> {
  const versions = await requireVersions(context, template.templateId);
  const deployed = versions.find((each) => each.version === template.deployedVersion);
  const target = await readTarget(context, template, deployed);
  const events = eventsOf(source.deployments, template.templateId);
  const bytes = await bytesFor(context, source, target, template.path);
  const contentHash = context.ports.hash.sha256(bytes);
  const plan = { template, isNew: false, events, target, from: deployed };
  if (deployed && contentHash === target.contentHash) return { ...plan, to: deployed, unchanged: true };
  const same = versions.find((each) => each.contentHash === contentHash && !isDraft(each.version));
  if (same && same.status !== 'archived') return { ...plan, to: same, unchanged: false };
  const linked = deployed?.copiedFrom?.startsWith(`${source.template.templateId}@`) ?? false;
  const strategy = linked ? source.wanted.strategy : 'replacement';
  const numbers = versions.map((each) => each.version);
  const parent = deployed?.version ?? template.currentVersion;
  const version = numbers.length === 0 ? firstVersion : nextVersion(numbers, parent, strategy);
  const copy = copyOf(source, template.templateId, bytes);
  return {
    ...plan,
    to: { ...copy, version, parentVersion: deployed?.version ?? null, strategy },
    unchanged: false,
  };
}

async function planUnmanaged(context: TemplateContext, source: Source, path: string): Promise<TargetPlan> {
  const { hash, clock } = context.ports;
  const target = await readAnyTarget(context, path);
  const bytes = await bytesFor(context, source, target, path);
  const templateId = templateIdOf(path, new Set(source.templates.map((each) => each.templateId)), hash);
  const template: Template = {
    schemaVersion,
    templateId,
    templateType: templateTypeOf(path),
    agentType: agentAt(path),
    path,
    createdAt: clock.now().toISOString(),
    currentVersion: firstVersion,
    deployedVersion: null,
  };
  const plan = { template, isNew: true, events: [], target };
  const copy = copyOf(source, templateId, bytes);
  if (target.bytes === undefined) return { ...plan, from: undefined, to: copy, unchanged: false };
  const from: VersionInput = {
    ...copy,
    origin: 'adopted',
    status: 'active',
    changeSummary: `Adopted ${path}`,
    strategy: null,
    bytes: target.bytes,
  };
  const { copiedFrom: _, ...adopted } = from;
  if (hash.sha256(bytes) === target.contentHash)
    return { ...plan, from: adopted, to: adopted, unchanged: true };
  const version = nextVersion([firstVersion], firstVersion, 'replacement');
  const to = { ...copy, version, parentVersion: firstVersion, strategy: 'replacement' } as const;
  return { ...plan, from: adopted, to, unchanged: false };
}

async function bytesFor(
  context: TemplateContext,
  { wanted }: Source,
  { bytes }: Target,
  path: string,
): Promise<Uint8Array> {
  const present = bytes === undefined ? undefined : decodePrompt(bytes, path);
  const incoming = await textOf(context, wanted);
  return encodePrompt(withOwnFrontmatter(incoming, present));
}

function copyOf(source: Source, templateId: string, bytes: Uint8Array): VersionInput {
  const { wanted, template } = source;
  return {
    templateId,
    version: firstVersion,
    parentVersion: null,
    origin: 'copied',
    copiedFrom: wanted.versionId,
    status: 'approved',
    changeSummary: `${template.path} ${wanted.version}: ${wanted.changeSummary}`,
    strategy: wanted.strategy,
    hunkIds: [],
    patternIds: [],
    ...(wanted.validation ? { validation: wanted.validation } : {}),
    bytes,
  };
}

/** As for a file that is found: of no known kind, it is named by its stem. */
function agentAt(path: string): string {
  const kind = kindOf(path);
  if (kind !== undefined) return agentOfPath(path, kind);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.replace(/\.\w+$/, '');
}
