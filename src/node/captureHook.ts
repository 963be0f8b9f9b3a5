import { mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { PipelineError } from '../core/errors';
import { writeFileAtomically } from './atomicFile';
import { isMissing, storageError } from './errorsFromNode';
import { assertWithin } from './folders';
import { withHook, withoutHook } from './hookSettings';

/** `person`: settings that git does not see; `team`: those that it does. */
export type HookScope = 'person' | 'team';

/** A change of Claude Code's settings, to be shown before it is made. */
export interface HookPlan {
  /** Absolute. */
  readonly file: string;
  /** Relative to the workspace, with forward slashes. */
  readonly shown: string;
  /** undefined for a file that is not there yet. */
  readonly before: string | undefined;
  readonly after: string;
}

export const settingsFiles: Readonly<Record<HookScope, string>> = {
  person: '.claude/settings.local.json',
  team: '.claude/settings.json',
};

export const hookScopes: readonly HookScope[] = ['person', 'team'];

/**
 * What installing the capture hook, or taking it out, would make of the settings.
 * @throws PipelineError INVALID_INPUT with the line for settings that cannot be edited, PERMISSION_DENIED, STORAGE_FAILED
 */
export async function planHook(
  root: string,
  scope: HookScope,
  action: 'install' | 'remove',
): Promise<HookPlan> {
  const shown = settingsFiles[scope];
  const file = path.join(root, ...shown.split('/'));
  const before = await textOf(file);
  const after = action === 'install' ? withHook(before, shown) : withoutHook(before ?? '{}\n', shown);
  return { file, shown, before, after };
}

/** Would the plan change anything? */
export function changesAnything({ before, after }: HookPlan): boolean {
  return (before ?? '{}\n') !== after;
}

/**
 * Writes the settings as planned. @throws PipelineError TARGET_CHANGED when they are no longer what the plan was made on,
 * UNSAFE_NAME for a link that leads out of the workspace, PERMISSION_DENIED, STORAGE_FAILED
 */
export async function applyHookPlan(root: string, { file, shown, before, after }: HookPlan): Promise<void> {
  await assertWithin(root, file);
  if ((await textOf(file)) !== before) {
    throw new PipelineError('TARGET_CHANGED', `${shown} was changed meanwhile.`, {
      subject: shown,
      remedy: 'Run the command again to see the change anew; nothing was written.',
    });
  }
  try {
    const mode = before === undefined ? undefined : (await stat(file)).mode & 0o777;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFileAtomically(file, after, mode === undefined ? {} : { mode });
  } catch (cause) {
    throw storageError(cause, 'write', shown);
  }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw storageError(cause, 'read', file);
  }
}
