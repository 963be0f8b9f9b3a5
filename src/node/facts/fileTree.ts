import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { storageError, systemCode } from '../errorsFromNode';
import { askGit } from '../gitProgram';

/** Files that are looked at; beyond, the tree is not complete, and nothing is said to be missing. */
const mostFiles = 200_000;
const skippedFolders = new Set(['node_modules', '.git', '.claude-pm', '.venv', '__pycache__']);

/** The files of a workspace, by their paths relative to it. */
export class FileTree {
  readonly #known = new Set<string>();
  readonly #byBase = new Map<string, string[]>();
  /** Every end of a path ("b/c" of "a/b/c"), with and without its extension. */
  #ends: Set<string> | undefined;

  constructor(
    readonly paths: readonly string[],
    readonly complete: boolean,
  ) {
    for (const path of paths) {
      this.#known.add(path);
      for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
        const folder = path.slice(0, end);
        if (this.#known.has(folder)) break;
        this.#known.add(folder);
      }
      const base = path.slice(path.lastIndexOf('/') + 1);
      const same = this.#byBase.get(base);
      if (same) same.push(path);
      else this.#byBase.set(base, [path]);
    }
  }

  has(path: string): boolean {
    return this.#known.has(path.replace(/\/$/, ''));
  }

  hasLike(path: string): boolean {
    this.#ends ??= endsOf(this.#known);
    return this.#ends.has(path.replace(/\/$/, '').toLowerCase());
  }

  named(baseName: string): readonly string[] {
    return (this.#byBase.get(baseName) ?? []).slice(0, 10);
  }
}

function endsOf(paths: Iterable<string>): Set<string> {
  const ends = new Set<string>();
  for (const path of paths) {
    const lower = path.toLowerCase();
    for (let at = 0; ; ) {
      const end = lower.slice(at);
      ends.add(end);
      const dot = end.lastIndexOf('.');
      if (dot > end.lastIndexOf('/') + 1) ends.add(end.slice(0, dot));
      const slash = lower.indexOf('/', at);
      if (slash < 0) break;
      at = slash + 1;
    }
  }
  return ends;
}

/**
 * What git knows or would add; without git, what lies there, outside of folders that are never prompts' matter.
 * @throws PipelineError PERMISSION_DENIED, STORAGE_FAILED
 */
export async function listFiles(root: string): Promise<FileTree> {
  const listed = await askGit(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']).then(
    (answer) => answer.toString('utf8').split('\0').filter(Boolean),
    () => undefined,
  );
  const paths = listed ?? (await walk(root));
  return new FileTree(paths.slice(0, mostFiles), paths.length <= mostFiles);
}

async function walk(root: string): Promise<string[]> {
  const found: string[] = [];
  const open = [''];
  for (let folder = open.pop(); folder !== undefined && found.length <= mostFiles; folder = open.pop()) {
    for (const entry of await entriesOf(join(root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (!entry.isDirectory()) found.push(path);
      else if (!skippedFolders.has(entry.name)) open.push(path);
    }
  }
  return found;
}

/** A folder that may not be looked into, or is gone since, holds nothing. */
async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    if (systemCode(cause) !== undefined) return [];
    throw storageError(cause, 'look into', folder);
  }
}
