import { PipelineError } from '../../errors';
import type { Correction } from '../../model/correction';
import type { Ports, PromptFile } from '../../ports';
import { holdsEverywhere } from '../../prompt/kinds/kindOf';
import { preferredPrompts } from '../../templates/forAgent';
import type { PromptRecords } from './promptAttributionRecords';

type Place = Pick<PromptFile, 'path' | 'agentType'>;

/** Folders above a file in which a nested prompt is looked for. */
const deepest = 20;

/** The prompt files that an agent may have obeyed, the more binding first. Looks on disk at most once for each. */
export class PromptCandidates {
  #found: Promise<readonly Place[]> | undefined;
  #ofUser: Promise<readonly Place[]> | undefined;
  readonly #nested = new Map<string, Promise<boolean>>();

  constructor(
    readonly ports: Pick<Ports, 'fileHistory' | 'promptFiles'>,
    readonly records: PromptRecords,
  ) {}

  /**
   * Prompts of the workspace: templates of the agent, else files that no template was made of. The person's own only where the
   * workspace has none for that agent.
   */
  async of(correction: Pick<Correction, 'agentType' | 'edit' | 'tool'>): Promise<readonly string[]> {
    const { agentType } = correction;
    const nested = agentType === 'main' ? await this.#nestedOver(correction) : [];
    const managed = preferredPrompts(this.records.templates.filter(holdsEverywhere), agentType);
    if (managed.length > 0) return [...nested, ...managed.map(({ path }) => path)];
    this.#found ??= this.ports.promptFiles.discover().then(({ records }) => records);
    const found = preferredPrompts((await this.#found).filter(holdsEverywhere), agentType);
    if (found.length > 0) return [...nested, ...found.map(({ path }) => path)];
    this.#ofUser ??= this.ports.promptFiles.userLevel();
    return [...nested, ...preferredPrompts(await this.#ofUser, agentType).map(({ path }) => path)];
  }

  /** `CLAUDE.md` in the folders that the file lies in, the deepest first; the root's own is a prompt like others. */
  async #nestedOver({ edit, tool }: Pick<Correction, 'edit' | 'tool'>): Promise<readonly string[]> {
    const file = edit?.file ?? tool?.file;
    const inside = file === undefined ? undefined : this.ports.fileHistory.within(file);
    if (inside === undefined) return [];
    const folders = inside.split('/').slice(0, -1);
    const paths: string[] = [];
    for (let depth = Math.min(folders.length, deepest); depth > 0; depth--) {
      const path = `${folders.slice(0, depth).join('/')}/CLAUDE.md`;
      if (this.records.at(path) !== undefined || (await this.#exists(path))) paths.push(path);
    }
    return paths;
  }

  #exists(path: string): Promise<boolean> {
    const known = this.#nested.get(path) ?? this.#look(path);
    this.#nested.set(path, known);
    return known;
  }

  async #look(path: string): Promise<boolean> {
    try {
      return (await this.ports.promptFiles.read(path)) !== undefined;
    } catch (error) {
      // A name that is no prompt's, or a link that leads out: a transcript may name anything.
      if (error instanceof PipelineError) return false;
      throw error;
    }
  }
}
