import { deploymentRecord, eventsOf } from '../deploy/events';
import { PipelineError } from '../errors';
import { schemaVersion } from '../model/common';
import type { Deployment, Template, TemplateType, TemplateVersion } from '../model/template';
import type { Listing, PromptFile, PromptFiles, Skipped } from '../ports';
import { isPersonal, kindOf } from '../prompt/kinds/kindOf';
import { undecodableLine } from './promptText';
import { recordOutsideEdit } from './recordOutsideEdit';
import { templateIdOf } from './templateId';
import { type TemplateContext, writeVersion } from './templateRecords';
import { firstVersion } from './versionNumbers';

export interface Adoption {
  readonly templates: readonly Template[];
  /** Ids of templates that are new. */
  readonly adopted: readonly string[];
  /** Ids of templates whose file was edited outside since, and is now a version of its own. */
  readonly editedOutside: readonly string[];
  readonly skipped: readonly Skipped[];
}

export interface AdoptOptions {
  /** The person's own prompts to take in too: all of them, or these paths. Those that are templates already are always looked at. */
  readonly personal?: 'all' | readonly string[];
}

/**
 * Takes in every prompt file that is found: new ones as 1.0.0, changed ones as "edited outside". Of the person's own only what they
 * asked for. Needs the workspace's lock.
 */
export async function adoptPrompts(
  context: TemplateContext,
  { personal = [] }: AdoptOptions = {},
): Promise<Adoption> {
  const { store, promptFiles, hash } = context.ports;
  const known = await store.list('templates');
  const found = await filesToTakeIn(promptFiles, known.records, personal);
  const { records: deployments } = await store.list('deployments');
  const templates = new Map(known.records.map((template) => [template.path, template]));
  const taken = new Set(known.records.map((template) => template.templateId));
  const unreadable = new Set(known.skipped.map(({ path }) => recordIdOf(path)));
  const skipped: Skipped[] = [...found.skipped, ...known.skipped];
  const adopted: string[] = [];
  const editedOutside: string[] = [];
  /** A template whose versions cannot be read waits until they are repaired; the others go on. */
  const passOver = (error: unknown): undefined => {
    if (!(error instanceof PipelineError) || error.code !== 'RECORD_UNREADABLE') throw error;
    skipped.push({ path: error.subject, line: 0, reason: `${error.message} ${error.remedy}` });
    return undefined;
  };

  for (const file of [...found.records].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const badLine = undecodableLine(file.bytes);
    if (badLine > 0) {
      skipped.push({ path: file.path, line: badLine, reason: 'is not UTF-8 text; it was left as it is' });
      continue;
    }
    const template = templates.get(file.path);
    if (template) {
      const kept = await keepAgent(context, template, file);
      const events = eventsOf(deployments, template.templateId);
      const after = await recordOutsideEdit(context, kept, file, events).catch(passOver);
      if (after === undefined) continue;
      if (after.deployedVersion !== kept.deployedVersion) editedOutside.push(after.templateId);
      templates.set(file.path, after);
      continue;
    }
    const templateId = templateIdOf(file.path, taken, hash);
    if (unreadable.has(templateId)) {
      skipped.push({
        path: file.path,
        line: 0,
        reason: `the record of its template ${templateId} is unreadable`,
      });
      continue;
    }
    templates.set(file.path, await adoptFile(context, templateId, file, eventsOf(deployments, templateId)));
    taken.add(templateId);
    adopted.push(templateId);
  }
  const all = [...templates.values()].sort((a, b) => (a.templateId < b.templateId ? -1 : 1));
  return { templates: all, adopted, editedOutside, skipped };
}

async function filesToTakeIn(
  promptFiles: PromptFiles,
  known: readonly Template[],
  personal: 'all' | readonly string[],
): Promise<Listing<PromptFile>> {
  const found = await promptFiles.discover();
  const adopted = known.map(({ path }) => path).filter(isPersonal);
  if (personal !== 'all' && personal.length + adopted.length === 0) return found;
  const own = await promptFiles.personal({ asked: personal === 'all' || personal.length > 0 });
  const wanted = ({ path }: { readonly path: string }) =>
    personal === 'all' || personal.includes(path) || adopted.includes(path);
  return {
    records: [...found.records, ...own.records.filter(wanted)],
    skipped: [...found.skipped, ...own.skipped.filter(wanted)],
  };
}

function recordIdOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.json$/, '');
}

/** An agent's name stands in its file, so the person may change it. */
async function keepAgent(context: TemplateContext, template: Template, file: PromptFile): Promise<Template> {
  if (template.agentType === file.agentType) return template;
  const renamed = { ...template, agentType: file.agentType };
  await context.ports.store.put('templates', renamed);
  const { agentType } = file;
  const change = { before: template, after: renamed };
  await context.ports.audit.record('template.agent-renamed', template.templateId, { agentType }, change);
  return renamed;
}

export function templateTypeOf(path: string): TemplateType {
  const kind = kindOf(path);
  if (kind !== undefined) return kind.templateType;
  return /(?:^|\/)agents\/[^/]+$/.test(path) ? 'agent_prompt' : 'system_prompt';
}

async function adoptFile(
  context: TemplateContext,
  templateId: string,
  file: PromptFile,
  events: readonly Deployment[],
): Promise<Template> {
  const { store, audit, clock, log } = context.ports;
  if (isPersonal(file.path)) {
    log.warn(
      `${file.path} is your own: its versions are kept in .claude-pm/ here, and shared where that is committed.`,
    );
  }
  const version: TemplateVersion = await writeVersion(context, {
    templateId,
    version: firstVersion,
    parentVersion: null,
    origin: 'adopted',
    status: 'active',
    changeSummary: `Adopted ${file.path}`,
    strategy: null,
    hunkIds: [],
    patternIds: [],
    bytes: file.bytes,
  });
  const template: Template = {
    schemaVersion,
    templateId,
    templateType: templateTypeOf(file.path),
    agentType: file.agentType,
    path: file.path,
    createdAt: clock.now().toISOString(),
    currentVersion: version.version,
    deployedVersion: version.version,
  };
  const event = { kind: 'adopt', template, from: undefined, to: version, reason: 'adopted' } as const;
  await store.put('deployments', deploymentRecord(context, events, { ...event, backup: null }));
  // The template comes last: until it is there, adopting starts over.
  await store.put('templates', template);
  const { contentHash } = version;
  const change = { before: null, after: contentHash };
  await audit.record('template.adopted', templateId, { path: file.path, contentHash }, change);
  return template;
}
