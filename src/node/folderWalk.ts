import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from './errorsFromNode';

/** Folders that hold what was installed, built or recorded: prompts in there are no prompts of this project. */
const noise = new Set(
  (
    'node_modules bower_components vendor third_party dist build out target obj bin coverage site-packages venv env ' +
    '__pycache__ __snapshots__ __fixtures__ fixtures testdata Pods DerivedData Carthage tmp temp logs ~'
  ).split(' '),
);

/** Levels below the root, and folders, that are looked into at most; the shallow ones come first. */
export const walkLimits = { depth: 12, folders: 10_000 } as const;
/** Folders that are listed at the same time. */
const atOnce = 32;

export interface WalkedFolder {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly names: ReadonlySet<string>;
}

export interface Walk {
  /** Below the root, sorted by path. */
  readonly folders: readonly WalkedFolder[];
  /** There are more folders than are looked into. What lies too deep is left out without a word. */
  readonly cut: boolean;
}

/**
 * The folders of a workspace and what is named in them, level by level. Folders that are links, hidden, or full of what is installed
 * or built are left out, so that the walk stays in the workspace and ends; so is one that may not be listed.
 * @param keep names of entries that the caller wants to know of
 */
export async function walkFolders(
  root: string,
  keep: ReadonlySet<string>,
  limits: { readonly depth: number; readonly folders: number } = walkLimits,
): Promise<Walk> {
  const folders: WalkedFolder[] = [];
  let level = [''];
  let seen = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limits.depth) break;
    const room = limits.folders - seen;
    if (room <= 0) return { folders: sorted(folders), cut: true };
    const now = level.slice(0, room);
    const cut = now.length < level.length;
    seen += now.length;
    const next: string[] = [];
    for (let start = 0; start < now.length; start += atOnce) {
      const batch = now.slice(start, start + atOnce);
      const listed = await Promise.all(batch.map((path) => list(join(root, path))));
      for (const [index, entries] of listed.entries()) {
        const path = batch[index] ?? '';
        const names = entries.map(({ name }) => name).filter((name) => keep.has(name));
        if (path !== '' && names.length > 0) folders.push({ path, names: new Set(names) });
        for (const entry of entries) {
          if (entry.isDirectory() && !entry.name.startsWith('.') && !noise.has(entry.name))
            next.push(path === '' ? entry.name : `${path}/${entry.name}`);
        }
      }
    }
    if (cut) return { folders: sorted(folders), cut };
    level = next.sort();
  }
  return { folders: sorted(folders), cut: false };
}

async function list(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (cause) {
    // Gone meanwhile, or not to be read by this person: nor can an agent read it for them.
    if (systemCode(cause) === undefined) throw cause;
    return [];
  }
}

function sorted(folders: readonly WalkedFolder[]): WalkedFolder[] {
  return [...folders].sort((a, b) => (a.path < b.path ? -1 : 1));
}
