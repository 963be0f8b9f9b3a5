import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { PipelineError } from '../core/errors';
import type { PromptFiles } from '../core/ports';
import { isPersonal } from '../core/prompt/kinds/kindOf';
import { ensureCache, workspaceLockPath } from './cacheFolder';
import { personalConsent } from './personalConsent';
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
  /** The person's own folder. Default: the system's. */
  readonly home?: string;
  /** Milliseconds to wait for other processes before `LOCKED`. Default 20,000. */
  readonly patience?: number;
}

/** The prompt files below a workspace's root, and the person's own where they are named. Replacing holds the workspace's lock, so that two windows never interleave. */
export function openPromptFiles(root: string, options: PromptFilesOptions = {}): PromptFiles {
  const workspace = resolve(root);
  const folder = join(workspace, '.claude-pm');
  const { home = homedir() } = options;
  const userFolder = () => options.userFolder ?? userFolderOf(process.env, home);
  const consent = personalConsent(workspace, home);
  const placeOf = async (path: string) => {
    if (!isPersonal(path)) return promptFilePath(workspace, path);
    const place = await personalPromptPath(userFolder(), path);
    if (!(await consent.given())) throw notAsked(path);
    return place;
  };
  return {
    discover: () => findPromptFiles(workspace),
    userLevel: () => findUserPrompts(userFolder()),
    async personal({ asked }) {
      if (asked) await consent.give();
      else if (!(await consent.given())) return { records: [], skipped: [] };
      return readPersonalPrompts(userFolder());
    },
    read: async (path) => readPromptFile(await placeOf(path)),
    async replace(path, expected, bytes) {
      const write = options.write === undefined ? {} : { write: options.write };
      const target = await placeOf(path);
      ensureCache(folder);
      const replacing = () => replacePromptFile(target, expected, bytes, { hash: nodeHash, ...write });
      // Several workspaces write the person's own prompts.
      const work = isPersonal(path) ? () => withLock(consent.lock, replacing, options.patience) : replacing;
      await withLock(workspaceLockPath(folder), work, options.patience);
    },
  };
}

function notAsked(path: string): PipelineError {
  return new PipelineError('PERMISSION_DENIED', `${path} is your own, and not managed from this workspace.`, {
    subject: path,
    remedy:
      'Run init --user, or move a rule there, to manage your own prompts here; nothing was read or written.',
  });
}
