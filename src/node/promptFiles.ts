import { join, resolve } from 'node:path';
import type { PromptFiles } from '../core/ports';
import { isPersonal } from '../core/prompt/kinds/kindOf';
import { ensureCache, workspaceLockPath } from './cacheFolder';
import { findPromptFiles } from './promptFileFinder';
import { promptFilePath, readPromptFile, replacePromptFile, type WriteFile } from './promptFileWriter';
import { nodeHash } from './systemPorts';
import { findUserPrompts, personalPromptPath, readPersonalPrompts, userFolderOf } from './userPrompts';
import { withLock } from './workspaceLock';

export interface PromptFilesOptions {
  /** How bytes are written; for tests of what happens when that goes wrong. */
  readonly write?: WriteFile;
  /** The person's own folder of Claude Code. Default: `CLAUDE_CONFIG_DIR`, else `~/.claude`. */
  readonly userFolder?: string;
  /** Milliseconds to wait for other processes before `LOCKED`. Default 20,000. */
  readonly patience?: number;
}

/** The prompt files below a workspace's root, and the person's own where they are named. Replacing holds the workspace's lock, so that two windows never interleave. */
export function openPromptFiles(root: string, options: PromptFilesOptions = {}): PromptFiles {
  const workspace = resolve(root);
  const folder = join(workspace, '.claude-pm');
  const userFolder = () => options.userFolder ?? userFolderOf();
  const placeOf = (path: string) =>
    isPersonal(path) ? personalPromptPath(userFolder(), path) : promptFilePath(workspace, path);
  return {
    discover: () => findPromptFiles(workspace),
    userLevel: () => findUserPrompts(userFolder()),
    personal: () => readPersonalPrompts(userFolder()),
    read: async (path) => readPromptFile(await placeOf(path)),
    async replace(path, expected, bytes) {
      const write = options.write === undefined ? {} : { write: options.write };
      const target = await placeOf(path);
      ensureCache(folder);
      await withLock(
        workspaceLockPath(folder),
        () => replacePromptFile(target, expected, bytes, { hash: nodeHash, ...write }),
        options.patience,
      );
    },
  };
}
