import type { Dirent } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Listing, PromptFile, Skipped } from '../core/ports';
import { isMissing, reasonOf, storageError, systemCode } from './errorsFromNode';
import { isWithin } from './folders';
import { decodeUtf8 } from './jsonText';
import { frontmatterName } from './promptAgentName';
import { promptFilesByName, promptFolders } from './promptPlaces';

const outside = 'is a link that leads out of the workspace; it is not followed';

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
    for (const { path, agentType, unless } of promptFilesByName) {
      const inForce = unless !== undefined && !this.#has(unless);
      await this.#addFile(path, () => (inForce ? 'main' : agentType));
    }
    for (const place of promptFolders) {
      for (const path of await this.#filesIn(place.folder, place.nested)) {
        if (!path.endsWith(place.suffix)) continue;
        const stem = posix.basename(path, place.suffix);
        await this.#addFile(path, (bytes) => {
          const name = place.named === 'frontmatter' ? this.#nameIn(path, bytes) : undefined;
          return place.prefix + (name ?? stem);
        });
      }
    }
    return { records: sortedByPath(this.#found), skipped: sortedByPath(this.#skipped) };
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
