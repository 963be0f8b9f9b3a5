import { Habits } from '../../capture/habits/habits';
import { PipelineError } from '../../errors';
import { groupBy } from '../../groupBy';
import { agentKey } from '../../model/agentType';
import type { Configuration } from '../../model/configuration';
import type { Correction } from '../../model/correction';
import type { Habit } from '../../model/habit';
import type { Template } from '../../model/template';
import type { Ports } from '../../ports';
import { kindOf } from '../../prompt/kinds/kindOf';
import type { PromptTemplateManager } from '../../templates/promptTemplateManager';
import type { ScopeCase, ScopePrompt } from './chooseScope';
import { importedBy } from './imports';

export type ScopePorts = Pick<Ports, 'store' | 'hash' | 'log' | 'habitIndex'> &
  Partial<Pick<Ports, 'fileHistory'>>;

/** What is looked at for the scope of any rule. */
export interface ScopeGround {
  readonly prompts: readonly ScopePrompt[];
  readonly habits: readonly Habit[];
  /** Base name of this project's folder; '' where habits are not looked at. */
  readonly project: string;
  readonly corrections: ReadonlyMap<string, Correction>;
  /** The workspace's files that an agent's corrections are about, by its key; one a correction. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  readonly within: (path: string) => string | undefined;
}

/** Reads the managed prompts and, where `crossProjectHabits` is on, the index of habits. What cannot be read is warned of. */
export async function readScopeGround(
  ports: ScopePorts,
  configuration: Configuration,
  templates: PromptTemplateManager,
  corrections: readonly Correction[],
): Promise<ScopeGround> {
  const { records } = await templates.list();
  const prompts: ScopePrompt[] = [];
  for (const template of records) prompts.push(await promptOf(ports, templates, template));
  const within = (path: string) => (ports.fileHistory ? ports.fileHistory.within(path) : relative(path));
  const allowed = configuration.crossProjectHabits && ports.habitIndex !== undefined;
  return {
    prompts,
    habits: allowed ? await habitsOf(ports, configuration) : [],
    project: allowed ? ((await ports.habitIndex?.owner())?.name ?? '') : '',
    corrections: new Map(corrections.map((each) => [each.correctionId, each])),
    files: new Map(
      [...groupBy(corrections, ({ agentType }) => agentKey(agentType))].map(([key, own]) => [
        key,
        filesOf(own, within),
      ]),
    ),
    within,
  };
}

function filesOf(corrections: readonly Correction[], within: ScopeGround['within']): string[] {
  return corrections.flatMap(({ edit, tool }) => {
    const file = edit?.file ?? tool?.file;
    return file === undefined ? [] : (within(file) ?? []);
  });
}

/** Without a history of files only what is relative already can be told. */
function relative(path: string): string | undefined {
  return /^(?:\/|~|[A-Za-z]:|\.\.)/.test(path) ? undefined : path;
}

async function promptOf(
  { log }: ScopePorts,
  templates: PromptTemplateManager,
  { templateId, path, agentType, deployedVersion, currentVersion }: Template,
): Promise<ScopePrompt> {
  const prompt = { templateId, path, agentType };
  const holds = kindOf(path)?.holds;
  if (holds !== 'everywhere' && holds !== 'below') return prompt;
  try {
    const { text } = await templates.versionText(templateId, deployedVersion ?? currentVersion);
    const imports = importedBy(path, text);
    return imports.length === 0 ? prompt : { ...prompt, imports };
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    log.warn(`What ${path} imports is not known: ${error.message}`);
    return prompt;
  }
}

async function habitsOf(ports: ScopePorts, configuration: Configuration): Promise<readonly Habit[]> {
  try {
    return (await new Habits(ports, configuration).list()).habits;
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    ports.log.warn(`Habits across projects are left aside: ${error.message}`);
    return [];
  }
}

/** The case of a rule that rests on these corrections. */
export function scopeCase(ground: ScopeGround, agentType: string, memberIds: readonly string[]): ScopeCase {
  const members = memberIds.flatMap((id) => ground.corrections.get(id) ?? []);
  return {
    agentType,
    memberAgents: members.map((each) => each.agentType),
    files: filesOf(members, ground.within),
    agentFiles: ground.files.get(agentKey(agentType)) ?? [],
    projects: otherProjects(ground, new Set(memberIds)),
    prompts: ground.prompts,
  };
}

/** The other projects of the habits that any of these corrections is of. */
function otherProjects({ habits, project }: ScopeGround, memberIds: ReadonlySet<string>): string[] {
  const names = habits
    .filter(({ correctionIds }) => correctionIds.some((id) => memberIds.has(id)))
    .flatMap(({ projects }) => projects.map(({ name }) => name));
  return [...new Set(names)].filter((name) => name !== project).sort();
}
