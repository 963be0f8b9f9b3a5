import { agentKey } from '../../model/agentType';
import type { RuleScope } from '../../model/improvement';
import { folderOf, holdsEverywhere, isPersonal, kindOf } from '../../prompt/kinds/kindOf';
import { preferredPrompts } from '../../templates/forAgent';
import { liesIn } from './paths';

/** A managed prompt, as far as it matters for where a rule goes. */
export interface ScopePrompt {
  readonly templateId: string;
  readonly path: string;
  readonly agentType: string;
  /** Paths that it consists of where it does nothing but import them. */
  readonly imports?: readonly string[];
}

/** What is known of one rule's corrections. */
export interface ScopeCase {
  /** The agent that they are counted for. */
  readonly agentType: string;
  /** The agent of each of them. */
  readonly memberAgents: readonly string[];
  /** Files that they are about, relative to the workspace; one a correction. */
  readonly files: readonly string[];
  /** The same for all corrections of the agent, these among them. */
  readonly agentFiles: readonly string[];
  /** Names of the other projects in which the same was said. */
  readonly projects: readonly string[];
  readonly prompts: readonly ScopePrompt[];
}

export interface ScopePlace extends RuleScope {
  readonly path: string;
  /** Left out where there is no such prompt yet. */
  readonly templateId?: string;
}

export interface ScopeChoice extends ScopePlace {
  readonly templateId: string;
  /** Other places that could be meant, the likelier first. */
  readonly alternatives: readonly ScopePlace[];
}

export const personalPath = '~/.claude/CLAUDE.md';

/** Share of the files that must lie in one folder, and share of all others above which that is simply where the work is. */
const nearlyAll = 0.8;
const common = 0.5;
const fewest = 3;
/** Corrections of a second agent from which a rule is not the first one's alone. */
const fewestOfOther = 2;

/**
 * The prompt that a rule belongs in: the person's own where they manage it here and the rule recurs across projects; the prompt of
 * the folder that nearly all of its files lie in; the project's where several agents were told; else the agent's own. `undefined`
 * where the agent has none.
 */
export function chooseScope(subject: ScopeCase): ScopeChoice | undefined {
  const { agentType, prompts } = subject;
  const found = preferredPrompts(prompts.filter(holdsEverywhere), agentType)[0];
  if (found === undefined) return undefined;
  const own = throughImports(found, prompts);
  const project = projectPrompt(found, prompts);
  const ownPlace = ownScope(own, found, agentType);
  const places = [
    personalPlace(subject),
    folderPlace(subject, own),
    severalPlace(subject, project, own),
    ownPlace,
  ].filter((each) => each !== undefined);
  const [chosen = ownPlace] = places.filter((each) => each.templateId !== undefined);
  const hint = recursElsewhere(subject, chosen);
  const others = [...places, ...possiblePlaces(subject, project)];
  return {
    ...chosen,
    templateId: chosen.templateId ?? own.templateId,
    reason: chosen.reason + hint,
    alternatives: others.filter(
      (each, index) =>
        each.path !== chosen.path && others.findIndex(({ path }) => path === each.path) === index,
    ),
  };
}

/** Where a prompt only imports another, the rule goes into that one, which other tools read too. */
function throughImports(prompt: ScopePrompt, prompts: readonly ScopePrompt[]): ScopePrompt {
  const imported = prompts.filter(({ path }) => prompt.imports?.includes(path) === true);
  return imported[0] ?? prompt;
}

function ownScope(
  own: ScopePrompt,
  found: ScopePrompt,
  agentType: string,
): ScopePlace & { templateId: string } {
  const through = own === found ? '' : ` ${found.path} does nothing but import it.`;
  const alone = kindOf(found.path)?.holds === 'agent';
  return {
    ...placeOf(own),
    kind: alone ? 'agent' : 'project',
    reason: alone
      ? `It was said to the agent ${agentType} alone.${through}`
      : `It was said in this project, to ${agentType === 'main' ? 'the main thread' : agentType}.${through}`,
  };
}

function placeOf({ templateId, path }: ScopePrompt): { templateId: string; path: string } {
  return { templateId, path };
}

/** The prompt that all agents of the same tool read. */
function projectPrompt(own: ScopePrompt, prompts: readonly ScopePrompt[]): ScopePrompt | undefined {
  const tool = kindOf(own.path)?.tool;
  const shared = tool === 'GitHub Copilot' ? 'copilot' : 'main';
  const found = preferredPrompts(prompts.filter(holdsEverywhere), shared)[0];
  return found && throughImports(found, prompts);
}

function personalPlace({ projects, prompts }: ScopeCase): ScopePlace | undefined {
  if (projects.length === 0) return undefined;
  const known = prompts.find(({ path }) => path === personalPath);
  return {
    kind: 'personal',
    path: personalPath,
    ...(known === undefined ? {} : { templateId: known.templateId }),
    reason: `The same was said in ${projectsInWords(projects)}, so it is yours rather than this project’s.`,
  };
}

function projectsInWords(projects: readonly string[]): string {
  const shown = projects.slice(0, 3).join(', ') + (projects.length > 3 ? ', …' : '');
  return `${projects.length} other ${projects.length === 1 ? 'project' : 'projects'} (${shown})`;
}

/** Recurrence across projects is said, and moves nothing where the person's own prompt is not managed here. */
function recursElsewhere({ projects }: ScopeCase, { kind }: ScopePlace): string {
  if (projects.length === 0 || kind === 'personal') return '';
  return ` The same was said in ${projectsInWords(projects)}: it may be a rule of your own, for ${personalPath}.`;
}

function folderPlace({ files, agentFiles, prompts }: ScopeCase, own: ScopePrompt): ScopePlace | undefined {
  if (files.length < fewest) return undefined;
  const fitting = prompts
    .filter(({ path, agentType }) => {
      const kind = kindOf(path);
      const read =
        agentType === own.agentType || (agentType === 'main' && kindOf(own.path)?.tool === kind?.tool);
      return kind?.holds === 'below' && read;
    })
    .map((prompt) => ({ prompt, folder: folderOf(prompt.path) }))
    .filter(({ folder }) => {
      const inside = files.filter((file) => liesIn(folder, file)).length;
      if (inside / files.length < nearlyAll) return false;
      const others = agentFiles.filter((file) => liesIn(folder, file)).length - inside;
      return others <= (agentFiles.length - files.length) * common;
    })
    .sort((a, b) => b.folder.length - a.folder.length);
  const [first] = fitting;
  if (first === undefined) return undefined;
  const inside = files.filter((file) => liesIn(first.folder, file)).length;
  return {
    ...placeOf(throughImports(first.prompt, prompts)),
    kind: 'folder',
    reason: `${inside} of the ${files.length} files that it was said about lie in ${first.folder}, which has a prompt of its own.`,
  };
}

function severalPlace(
  { memberAgents, agentType }: ScopeCase,
  project: ScopePrompt | undefined,
  own: ScopePrompt,
): ScopePlace | undefined {
  if (project === undefined || project === own) return undefined;
  const counts = new Map<string, number>();
  for (const each of memberAgents) counts.set(agentKey(each), (counts.get(agentKey(each)) ?? 0) + 1);
  const others = [...counts].filter(([key, count]) => key !== agentKey(agentType) && count >= fewestOfOther);
  if (others.length === 0) return undefined;
  const names = [agentKey(agentType), ...others.map(([key]) => key)].sort().join(', ');
  return {
    ...placeOf(project),
    kind: 'project',
    reason: `It was said to several agents (${names}), which all read ${project.path}.`,
  };
}

/** What the person could choose whatever the corrections say. */
function possiblePlaces(
  { prompts, files, agentType }: ScopeCase,
  project: ScopePrompt | undefined,
): ScopePlace[] {
  const folders = prompts.filter(({ path }) => kindOf(path)?.holds === 'below');
  const touched = folders.filter(({ path }) => files.some((file) => liesIn(folderOf(path), file)));
  const agents = prompts.filter(
    (prompt) => kindOf(prompt.path)?.holds === 'agent' && !isPersonal(prompt.path),
  );
  const known = prompts.find(({ path }) => path === personalPath);
  return [
    ...(project === undefined
      ? []
      : [
          {
            ...placeOf(project),
            kind: 'project' as const,
            reason: 'For everybody who works in this project.',
          },
        ]),
    ...touched.map((prompt) => ({
      ...placeOf(prompt),
      kind: 'folder' as const,
      reason: `For files in ${folderOf(prompt.path)}.`,
    })),
    ...agents
      .toSorted(
        (a, b) =>
          Number(agentKey(b.agentType) === agentKey(agentType)) -
          Number(agentKey(a.agentType) === agentKey(agentType)),
      )
      .map((prompt) => ({
        ...placeOf(prompt),
        kind: 'agent' as const,
        reason: `For the agent ${prompt.agentType} alone.`,
      })),
    {
      kind: 'personal',
      path: personalPath,
      ...(known === undefined ? {} : { templateId: known.templateId }),
      reason: 'For you, in all your projects.',
    },
  ];
}
