import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isBackedUp } from '../../core/backup/archivePaths';
import type { Skipped } from '../../core/ports';
import { isMissing, storageError } from '../errorsFromNode';

export interface FoundFiles {
  /** Relative to the folder, with forward slashes, in the order of their code units. */
  readonly paths: readonly string[];
  /** Links and special files, which no backup holds. */
  readonly skipped: readonly Skipped[];
}

/** The files below `.claude-pm/` that belong into a backup. @throws PipelineError PERMISSION_DENIED, STORAGE_FAILED */
export async function findFiles(folder: string): Promise<FoundFiles> {
  const paths: string[] = [];
  const skipped: Skipped[] = [];
  const walk = async (inside: string): Promise<void> => {
    for (const entry of await entriesOf(join(folder, inside))) {
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
      if (!isBackedUp(path)) continue;
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile()) paths.push(path);
      else
        skipped.push({
          path: `.claude-pm/${path}`,
          line: 0,
          reason: 'a link or special file is in no backup',
        });
    }
  };
  await walk('');
  return { paths: paths.sort(), skipped };
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw storageError(cause, 'list', folder);
  }
}

export async function readWhole(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw storageError(cause, 'read', path);
  }
}

/** Is there anything of this name? A link counts by itself. */
export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (cause) {
    if (isMissing(cause)) return false;
    throw storageError(cause, 'look at', path);
  }
}
