import { mkdir, open, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ArchivedFile } from '../../core/backup/archivePaths';
import { storageError } from '../errorsFromNode';
import { syncFolder } from '../folders';

/** Files flushed at the same time. */
const batch = 32;

/**
 * Writes a file of an archive where nothing is yet. It is on the disk once `flushFiles` is done.
 * @throws PipelineError PERMISSION_DENIED, STORAGE_FAILED
 */
export async function stageFile(path: string, bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes, { flag: 'wx' });
  } catch (cause) {
    throw storageError(cause, 'write', path);
  }
}

/** Puts files and their folders up to `root` on the disk, many at a time: one after the other would take minutes. */
export async function flushFiles(root: string, paths: readonly string[]): Promise<void> {
  const folders = new Set<string>([root]);
  for (const path of paths) {
    for (let folder = dirname(path); folder.length > root.length; folder = dirname(folder))
      folders.add(folder);
  }
  for (let start = 0; start < paths.length; start += batch) {
    await Promise.all(paths.slice(start, start + batch).map(flushFile));
  }
  for (const folder of folders) await syncFolder(folder);
}

async function flushFile(path: string): Promise<void> {
  try {
    // For writing: Windows flushes no file that is only read.
    const handle = await open(path, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw storageError(cause, 'flush', path);
  }
}

export type RestoreScope = 'records' | 'prompts' | 'all';

export function isInScope({ area }: Pick<ArchivedFile, 'area'>, scope: RestoreScope): boolean {
  return scope === 'all' || scope === area;
}
