import type { Dirent } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Listing, PromptFile, Skipped } from '../core/ports';
import { isOfKind, isPersonal } from '../core/prompt/kinds/kindOf';
import type { PromptKind } from '../core/prompt/kinds/promptKind';
import { promptKinds } from '../core/prompt/kinds/registry';
import { aiderConventions } from './aiderConventions';
import { isMissing, reasonOf, storageError, systemCode } from './errorsFromNode';
import { isWithin } from './folders';
import { type Walk, walkFolders, walkLimits } from './folderWalk';
import { decodeUtf8 } from './jsonText';
import { frontmatterName } from './promptAgentName';

const outside = 'is a link that leads out of the workspace; it is not followed';

const cutReason =
  `the workspace is large: only ${walkLimits.folders.toLocaleString('en')} folders, the shallow ones first, were ` +
  'looked into for prompts';

/** Kinds of the person's own are found only where they are asked for. */
const workspaceKinds = promptKinds.filter(
  ({ place }) => !isPersonal('file' in place ? place.file : `${place.folder}/`),
);

const namesToKeep: ReadonlySet<string> = new Set(
  workspaceKinds
    .filter(({ at }) => at !== 'root')
    .map(({ place }) => ('file' in place ? place.file : place.folder).split('/')[0] ?? ''),
);

/**
 * Finds the prompt files of a workspace, in the order of their paths. Links are followed inside the workspace alone; a
 * file that two names lead to is found once. What cannot be read is in `skipped`, and the rest goes on.
 * @throws PipelineError `STORAGE_FAILED`, `PERMISSION_DENIED` when the workspace itself cannot be looked into
 */
export async function findPromptFiles(root: string): Promise<Listing<PromptFile>> {
  let realRoot: string;
  try {
    realRoot = await realpath(root);
  } catch (cause) {
    throw storageError(cause, 'look into', root);
  }
  return new PromptFileFinder(root, realRoot).find();
}

class PromptFileFinder {
  readonly #found: PromptFile[] = [];
  readonly #skipped: Skipped[] = [];
  /** Real paths of files and folders that were seen. */
  readonly #seen = new Set<string>();

  constructor(
    private readonly root: string,
    private readonly realRoot: string,
  ) {}

  async find(): Promise<Listing<PromptFile>> {
    const walk = await walkFolders(this.root, namesToKeep);
    if (walk.cut) this.#skip('', cutReason);
    for (const kind of workspaceKinds) {
      for (const path of await this.#pathsOf(kind, walk)) await this.#addOfKind(path, kind);
    }
    return { records: sortedByPath(this.#found), skipped: sortedByPath(this.#skipped) };
  }

  async #pathsOf(kind: PromptKind, walk: Walk): Promise<readonly string[]> {
    if (kind.namedElsewhere) return aiderConventions(this.root);
    const { place } = kind;
    const name = 'file' in place ? place.file : place.folder;
    const [first = ''] = name.split('/');
    const below = kind.at === 'root' ? [] : walk.folders.filter(({ names }) => names.has(first));
    const places = [...(kind.at === 'below' ? [] : [name]), ...below.map(({ path }) => `${path}/${name}`)];
    if ('file' in place) return places;
    const paths: string[] = [];
    for (const folder of places) {
      if (!(place.orFile && (await this.#isFile(folder))))
        paths.push(...(await this.#filesIn(folder, place.deep)));
    }
    return paths.filter((path) => isOfKind(path, kind));
  }

  async #addOfKind(path: string, kind: PromptKind): Promise<void> {
    const { agent, place, mainUnless } = kind;
    if ('file' in place && place.orFolder && !(await this.#isFile(path))) return;
    if (typeof agent === 'string') {
      const main = mainUnless !== undefined && !mainUnless.some((each) => this.#has(each));
      await this.#addFile(path, () => (main ? 'main' : agent));
      return;
    }
    const stem = posix.basename(path, 'suffix' in place ? place.suffix : '');
    await this.#addFile(path, (bytes) => {
      const name = agent.named === 'frontmatter' ? this.#nameIn(path, bytes) : undefined;
      return agent.prefix + (name ?? stem);
    });
  }

  /** What is not there, or cannot be looked at, counts as a file: that is seen, and told, when it is read. */
  async #isFile(path: string): Promise<boolean> {
    try {
      return !(await stat(join(this.root, path))).isDirectory();
    } catch (cause) {
      if (systemCode(cause) === undefined) throw cause;
      return true;
    }
  }

  #has(path: string): boolean {
    return this.#found.some((file) => file.path === path);
  }

  #skip(path: string, reason: string, line = 0): void {
    this.#skipped.push({ path, line, reason });
  }

  async #addFile(path: string, agentTypeOf: (bytes: Uint8Array) => string): Promise<void> {
    try {
      if (!(await this.#isNewAndInside(path))) return;
      const bytes = await readFile(join(this.root, path));
      this.#found.push({ path, agentType: agentTypeOf(bytes), bytes });
    } catch (cause) {
      if (systemCode(cause) === undefined) throw cause;
      this.#skip(path, reasonOf(cause));
    }
  }

  #nameIn(path: string, bytes: Uint8Array): string | undefined {
    const text = decodeUtf8(bytes);
    if (text === undefined) {
      this.#skip(path, 'it is not UTF-8 text; the agent is named by its file');
      return undefined;
    }
    const { name, problem } = frontmatterName(text);
    if (problem !== undefined) {
      this.#skip(path, `${problem.reason}; the agent is named by its file`, problem.line);
    }
    return name;
  }

  /** `false` for what is not there, was seen already under another name, or lies outside (which is told). */
  async #isNewAndInside(path: string): Promise<boolean> {
    let real: string;
    try {
      real = await realpath(join(this.root, path));
    } catch (cause) {
      if (isMissing(cause)) return false;
      throw cause;
    }
    if (!isWithin(this.realRoot, real)) {
      this.#skip(path, outside);
      return false;
    }
    if (this.#seen.has(real)) return false;
    this.#seen.add(real);
    return true;
  }

  async #filesIn(folder: string, nested: boolean): Promise<string[]> {
    try {
      if (!(await this.#isNewAndInside(folder))) return [];
      const entries = await readdir(join(this.root, folder), { withFileTypes: true });
      const files: string[] = [];
      for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const path = `${folder}/${entry.name}`;
        if (!(await this.#isFolder(path, entry))) files.push(path);
        else if (nested) files.push(...(await this.#filesIn(path, true)));
      }
      return files;
    } catch (cause) {
      if (systemCode(cause) === undefined) throw cause;
      this.#skip(folder, `cannot be listed: ${reasonOf(cause)}`);
      return [];
    }
  }

  async #isFolder(path: string, entry: Dirent): Promise<boolean> {
    if (!entry.isSymbolicLink()) return entry.isDirectory();
    try {
      return (await stat(join(this.root, path))).isDirectory();
    } catch (cause) {
      if (isMissing(cause)) return false;
      throw cause;
    }
  }
}

function sortedByPath<T extends { readonly path: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
