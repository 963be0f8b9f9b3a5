import type { Hunk, Improvement, RuleScope } from '../../model/improvement';
import { folderOf, isPersonal, kindOf } from '../../prompt/kinds/kindOf';
import type { PromptKind } from '../../prompt/kinds/promptKind';
import { promptKinds } from '../../prompt/kinds/registry';
import { globsFor } from '../../prompt/kinds/renderRule';
import { findHunk } from '../../review/decideHunks';
import { getImprovement } from '../../review/getImprovement';
import { getTemplate, textOf } from '../../templates/templateRecords';
import { readEvidence } from '../readEvidence';
import { chooseScope, type ScopePrompt } from './chooseScope';
import type { MoveContext } from './moveContext';
import { conditionOfRule, ruleOfHunk } from './movedRule';
import { readScopeGround, scopeCase } from './scopeGround';

/** One place that a hunk could be moved or copied to. */
export interface MoveChoice extends RuleScope {
  readonly path: string;
  /** Left out where there is no such prompt yet. */
  readonly templateId?: string;
  readonly tool: string;
  /** It is another tool's prompt: the rule stays where it is, too. */
  readonly copy: boolean;
}

/**
 * Where a hunk could go, the likelier first, each with its reason; then the prompts of the other tools in use here.
 * @throws PipelineError NOT_FOUND
 */
export async function moveChoices(
  context: MoveContext,
  improvementId: string,
  hunkId: string,
): Promise<readonly MoveChoice[]> {
  const improvement = await getImprovement(context.ports.store, improvementId);
  return choicesFor(context, improvement, findHunk(improvement.hunks, hunkId, improvementId));
}

export async function choicesFor(
  context: MoveContext,
  improvement: Improvement,
  hunk: Hunk,
): Promise<readonly MoveChoice[]> {
  const { ports, configuration, templates } = context;
  const evidence = await readEvidence(ports);
  const ground = await readScopeGround(ports, configuration, templates, evidence.corrections);
  const source = await getTemplate(templates.context, improvement.templateId);
  const members = evidence.patterns
    .filter(({ patternId }) => hunk.patternIds.includes(patternId))
    .flatMap(({ memberIds }) => memberIds);
  const behind = members.length > 0 ? members : hunk.evidence.map(({ correctionId }) => correctionId);
  const choice = chooseScope(scopeCase(ground, improvement.agentType, behind));
  const tool = kindOf(source.path)?.tool;
  const condition = await conditionIn(context, improvement, source.path, hunk);
  const places: Omit<MoveChoice, 'tool' | 'copy'>[] =
    choice === undefined ? [] : [choice, ...choice.alternatives];
  const all: Omit<MoveChoice, 'copy'>[] = [
    ...places.map((each) => ({ ...picked(each), tool: kindOf(each.path)?.tool ?? tool ?? '' })),
    ...(tool === undefined ? [] : narrowPlace(tool, condition, ground.prompts)),
  ];
  const copies = otherTools(tool, condition, ground.prompts);
  return [
    ...all.map((each) => ({ ...each, copy: false })),
    ...copies.map((each) => ({ ...each, copy: true })),
  ].filter(
    (each, index, list) =>
      each.path !== source.path && list.findIndex(({ path }) => path === each.path) === index,
  );
}

function picked({ kind, reason, path, templateId }: Omit<MoveChoice, 'tool' | 'copy'>) {
  return { kind, reason, path, ...(templateId === undefined ? {} : { templateId }) };
}

async function conditionIn(
  { templates }: MoveContext,
  { templateId, baseVersion }: Improvement,
  path: string,
  hunk: Hunk,
): Promise<string | undefined> {
  const version = await templates.ports.store.get('versions', `${templateId}@${baseVersion}`);
  const text = version === undefined ? '' : await textOf(templates.context, version);
  return conditionOfRule(ruleOfHunk(hunk) ?? '', path, text);
}

/** The tool's own way of reading a rule with some files only, where the rule is about one kind of file. */
function narrowPlace(
  tool: string,
  condition: string | undefined,
  prompts: readonly ScopePrompt[],
): Omit<MoveChoice, 'copy'>[] {
  const extension = globsFor(condition)[0]?.replace(/^.*\./, '');
  const kind = narrowKindOf(tool);
  if (extension === undefined || kind === undefined) return [];
  const path = fileOf(kind, extension);
  return [
    {
      kind: 'project',
      path,
      tool,
      ...templateOf(prompts, path),
      reason: `Read with .${extension} files alone, so it costs nothing elsewhere.`,
    },
  ];
}

function narrowKindOf(tool: string): PromptKind | undefined {
  return promptKinds.find(
    ({ tool: own, narrowedBy, place }) =>
      own === tool && narrowedBy !== undefined && 'folder' in place && !isPersonal(`${place.folder}/`),
  );
}

function fileOf({ place }: PromptKind, name: string): string {
  return 'folder' in place ? `${place.folder}/${name}${place.suffix}` : place.file;
}

function templateOf(prompts: readonly ScopePrompt[], path: string): { readonly templateId?: string } {
  const known = prompts.find((prompt) => prompt.path === path);
  return known === undefined ? {} : { templateId: known.templateId };
}

/** For each other tool that has prompts in this workspace, the one that takes the rule. */
function otherTools(
  tool: string | undefined,
  condition: string | undefined,
  prompts: readonly ScopePrompt[],
): Omit<MoveChoice, 'copy'>[] {
  const inUse = new Map<string, ScopePrompt[]>();
  for (const prompt of prompts) {
    const kind = kindOf(prompt.path);
    if (kind === undefined || kind.tool === tool || isPersonal(prompt.path)) continue;
    if (kind.holds === 'everywhere' || kind.holds === 'matching')
      inUse.set(kind.tool, [...(inUse.get(kind.tool) ?? []), prompt]);
  }
  return [...inUse].flatMap(([other, own]) => {
    const narrow = narrowPlace(other, condition, prompts);
    const always = own.find(({ path }) => kindOf(path)?.holds === 'everywhere' && folderOf(path) === '');
    const kind = narrowKindOf(other);
    const path = narrow[0]?.path ?? always?.path ?? (kind === undefined ? undefined : fileOf(kind, 'rules'));
    if (path === undefined) return [];
    const reason = `${other} is in use here too${narrow.length > 0 ? ', and reads it with those files alone' : ''}.`;
    return [{ kind: 'project' as const, path, tool: other, ...templateOf(prompts, path), reason }];
  });
}
