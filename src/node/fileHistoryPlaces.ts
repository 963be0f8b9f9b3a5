import { realpathSync } from 'node:fs';
import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { systemCode } from './errorsFromNode';
import { isWithin } from './folders';

/** A path of Windows, wherever this runs. */
const drivePath = /^(?:[A-Za-z]:[\\/]|\\\\)/;

/** Which files a history may tell of: those of the workspace, and prompts in the person's own folder of the agent. */
export class FileHistoryPlaces {
  readonly #root: string;
  readonly #realRoot: string;
  readonly #repositories = new Map<string, string>();

  constructor(
    root: string,
    readonly userFolder: string,
  ) {
    this.#root = resolve(root);
    this.#realRoot = realOrSame(this.#root);
  }

  /** Relative to the workspace with forward slashes; undefined for a path that lies elsewhere. Looks at the name alone. */
  relative(path: string): string | undefined {
    const absolute = this.#absolute(path);
    if (absolute === undefined) return undefined;
    for (const root of [this.#root, this.#realRoot]) {
      if (absolute !== root && isWithin(root, absolute)) return relative(root, absolute).replaceAll(sep, '/');
    }
    return undefined;
  }

  /** Real path of a file of the workspace, which need not exist; undefined where a name or a link leads out. */
  async inside(path: string): Promise<string | undefined> {
    const name = this.relative(path);
    return name === undefined ? undefined : realWithin(this.#realRoot, join(this.#realRoot, name));
  }

  /** A file of the person's own folder; links there are the person's, and may lead anywhere. */
  ofUser(path: string): string | undefined {
    const absolute = this.#absolute(path);
    return absolute !== undefined && isWithin(resolve(this.userFolder), absolute) ? absolute : undefined;
  }

  /** The nearest folder above a file that holds a `.git`, also above the workspace. */
  async repositoryOf(file: string): Promise<string | undefined> {
    const folder = dirname(file);
    const known = this.#repositories.get(folder);
    if (known !== undefined) return known;
    for (let current = folder; ; current = dirname(current)) {
      if (await exists(join(current, '.git'))) {
        this.#repositories.set(folder, current);
        return current;
      }
      if (dirname(current) === current) return undefined;
    }
  }

  /** The workspace within a repository that holds it, with forward slashes; '' where the workspace holds the repository. */
  scopeIn(top: string): string {
    return isWithin(top, this.#realRoot) ? relative(top, this.#realRoot).replaceAll(sep, '/') : '';
  }

  #absolute(path: string): string | undefined {
    if (path.includes('\0') || (sep === '/' && drivePath.test(path))) return undefined;
    return isAbsolute(path) ? resolve(path) : resolve(this.#root, path);
  }
}

async function realWithin(realRoot: string, path: string): Promise<string | undefined> {
  const real = await realOrFuture(path);
  return real !== undefined && isWithin(realRoot, real) ? real : undefined;
}

/** Real path of a file, also of one that is no longer there; undefined where it cannot be told. */
async function realOrFuture(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (cause) {
    const code = systemCode(cause);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') return undefined;
  }
  // A link that leads to nothing.
  if (await exists(path)) return undefined;
  const parent = dirname(path);
  if (parent === path) return undefined;
  const real = await realOrFuture(parent);
  return real === undefined ? undefined : join(real, basename(path));
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function realOrSame(path: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    if (systemCode(cause) === undefined) throw cause;
    return path;
  }
}
