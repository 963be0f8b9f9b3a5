import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { CanaryPlace } from '../core/canary/canaryPlace';
import { assignmentsFolder } from '../hook/assignment';
import { withCanaryHook } from './canarySettings';
import { settingsFiles } from './captureHook';
import { isMissing, storageError, systemCode } from './errorsFromNode';
import { assertWithin } from './folders';

/** @param root the workspace's folder */
export function openCanaryPlace(root: string): CanaryPlace {
  const assignments = path.join(root, '.claude-pm', ...assignmentsFolder.split('/'));
  return {
    settingsPath: (scope) => settingsFiles[scope],
    withEntries: withCanaryHook,
    missingFolders: async (file) => {
      const parts = file.split('/').slice(0, -1);
      const folders = parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
      const missing: string[] = [];
      for (const folder of folders) if (!(await isThere(path.join(root, folder)))) missing.push(folder);
      return missing;
    },
    removeEmptyFolders: async (folders) => {
      for (const folder of folders.toReversed()) {
        const absolute = path.join(root, folder);
        await assertWithin(root, absolute);
        await removeIfEmpty(absolute);
      }
    },
    keepAssignments: async (experimentIds) => {
      for (const name of await namesIn(assignments)) {
        if (experimentIds.has(name)) continue;
        const folder = path.join(assignments, name);
        await assertWithin(root, folder);
        await rm(folder, { recursive: true, force: true });
      }
      await removeIfEmpty(assignments);
    },
  };
}

async function isThere(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (cause) {
    if (isMissing(cause)) return false;
    throw storageError(cause, 'read', file);
  }
}

async function removeIfEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (cause) {
    // Somebody keeps something there, or took it away themselves.
    if (!isMissing(cause) && !['ENOTEMPTY', 'EEXIST'].includes(systemCode(cause) ?? '')) {
      throw storageError(cause, 'remove', folder);
    }
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw storageError(cause, 'read', folder);
  }
}
