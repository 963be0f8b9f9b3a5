import { join, resolve } from 'node:path';
import type { PromptFiles } from '../core/ports';
import { ensureCache, workspaceLockPath } from './cacheFolder';
import { findPromptFiles } from './promptFileFinder';
import { promptFilePath, readPromptFile, replacePromptFile, type WriteFile } from './promptFileWriter';
import { nodeHash } from './systemPorts';
import { findUserPrompts, userFolderOf } from './userPrompts';
import { withLock } from './workspaceLock';

export interface PromptFilesOptions {
  /** How bytes are written; for tests of what happens when that goes wrong. */
  readonly write?: WriteFile;
  /** The person's own folder of Claude Code. Default: `CLAUDE_CONFIG_DIR`, else `~/.claude`. */
  readonly userFolder?: string;
  /** Milliseconds to wait for other processes before `LOCKED`. Default 20,000. */
  readonly patience?: number;
}

/** The prompt files below a workspace's root. Replacing holds the workspace's lock, so that two windows never interleave. */
export function openPromptFiles(root: string, options: PromptFilesOptions = {}): PromptFiles {
  const workspace = resolve(root);
  const folder = join(workspace, '.claude-pm');
  return {
    discover: () => findPromptFiles(workspace),
    userLevel: () => findUserPrompts(options.userFolder ?? userFolderOf()),
    read: async (path) => readPromptFile(await promptFilePath(workspace, path)),
    async replace(path, expected, bytes) {
      const write = options.write === undefined ? {} : { write: options.write };
      const target = await promptFilePath(workspace, path);
      ensureCache(folder);
      await withLock(
        workspaceLockPath(folder),
        () => replacePromptFile(target, expected, bytes, { hash: nodeHash, ...write }),
        options.patience,
      );
    },
  };
}
