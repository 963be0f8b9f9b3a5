import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { storageError, systemCode } from './errorsFromNode';

export const cacheName = '.cache';

/** The lock under which a process changes a workspace. `folder` is its `.claude-pm/`. */
export function workspaceLockPath(folder: string): string {
  return join(folder, cacheName, 'locks', 'workspace');
}

/** Creates `.cache/`, which holds what must never be committed, and tells git so unless the person has told it otherwise. */
export function ensureCache(folder: string): string {
  const cache = join(folder, cacheName);
  try {
    mkdirSync(join(cache, 'locks'), { recursive: true });
    writeFileSync(join(folder, '.gitignore'), `${cacheName}/\n*.tmp\n`, { flag: 'wx' });
  } catch (cause) {
    if (systemCode(cause) !== 'EEXIST') throw storageError(cause, 'write', cache);
  }
  return cache;
}
