import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { PipelineError } from '../core/errors';
import type { PromptFiles } from '../core/ports';
import { isPersonal } from '../core/prompt/kinds/kindOf';
import { runningExperiments } from '../hook/experimentFiles';
import { ensureCache, workspaceLockPath } from './cacheFolder';
import { personalConsent } from './personalConsent';
import { findPromptFiles } from './promptFileFinder';
import {
  promptFilePath,
  readPromptFile,
  removePromptFile,
  replacePromptFile,
  type WriteFile,
} from './promptFileWriter';
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

/** Copies under test are no prompts of their own: they come and go with their experiment. */
function runningTwins(root: string): ReadonlySet<string> {
  return new Set(runningExperiments(root).flatMap(({ twin }) => (twin === undefined ? [] : [twin.path])));
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
  /** Several workspaces write the person's own prompts. */
  const locked = async (path: string, change: () => Promise<void>) => {
    ensureCache(folder);
    const work = isPersonal(path) ? () => withLock(consent.lock, change, options.patience) : change;
    await withLock(workspaceLockPath(folder), work, options.patience);
  };
  return {
    discover: async () => {
      const found = await findPromptFiles(workspace);
      const twins = runningTwins(workspace);
      return { ...found, records: found.records.filter(({ path }) => !twins.has(path)) };
    },
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
      await locked(path, () => replacePromptFile(target, expected, bytes, { hash: nodeHash, ...write }));
    },
    async remove(path, expected) {
      const target = await placeOf(path);
      await locked(path, () => removePromptFile(target, expected, nodeHash));
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
