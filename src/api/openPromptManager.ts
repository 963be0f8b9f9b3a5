import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { PipelineError } from '../core/errors';
import { configurationOverrides } from '../node/configurationOverrides';
import { isMissing, storageError } from '../node/errorsFromNode';
import { nullLog } from '../node/systemPorts';
import { checkInput } from './checkInput';
import type { OpenPromptManager } from './inputs';
import { PromptManager } from './promptManager';
import { Workspaces } from './workspaces';

/**
 * Opens a project. Close it when you are done.
 * @throws PipelineError NOT_FOUND (no such folder), INVALID_INPUT, INVALID_CONFIGURATION (the key of `config`, or file and line of
 * `config.json`), PERMISSION_DENIED
 */
export async function openPromptManager(input: OpenPromptManager): Promise<PromptManager> {
  checkInput('openPromptManager', input);
  const { folder, config = {}, log = nullLog, home, identity, now, seed } = input;
  const root = resolve(folder);
  await requireFolder(root);
  return new PromptManager(
    await Workspaces.open(root, {
      log,
      overrides: configurationOverrides(config),
      ...(home === undefined ? {} : { home }),
      ...(identity === undefined ? {} : { identity }),
      ...(now === undefined ? {} : { now }),
      ...(seed === undefined ? {} : { seed }),
    }),
  );
}

async function requireFolder(root: string): Promise<void> {
  try {
    if ((await stat(root)).isDirectory()) return;
  } catch (cause) {
    if (!isMissing(cause)) throw storageError(cause, 'look at', root);
  }
  throw new PipelineError('NOT_FOUND', `${root} is no folder.`, {
    subject: root,
    remedy: 'Name the folder of a project; nothing was made.',
  });
}
