import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RestoreJournal } from '../../core/model/backup';
import type { PromptFiles } from '../../core/ports';
import { renameOver } from '../atomicFile';
import { storageError, systemCode } from '../errorsFromNode';
import { ensureFolder, syncFolder } from '../folders';
import { nodeHash } from '../systemPorts';
import { exists, findFiles, readWhole } from './collectFiles';
import type { RestoreFolder } from './restoreFolders';

/** One step of a restore, told before it is done. For tests of what happens when it fails. */
export type BeforeStep = (step: string) => void | Promise<void>;

export interface ExchangeContext {
  readonly folder: RestoreFolder;
  readonly promptFiles: Pick<PromptFiles, 'read' | 'replace' | 'remove'>;
  readonly beforeStep?: BeforeStep;
}

/*
 * Both directions look at what is there and do what is left to be done, so that each may be cut off anywhere and begun again: a unit with a
 * staged file or folder has been exchanged when nothing lies in the stage any more.
 */

/** Brings what is staged in the place of what is there, which is kept aside. Gives the prompt files left alone, since others changed them. */
export async function exchange(
  context: ExchangeContext,
  journal: RestoreJournal,
): Promise<readonly string[]> {
  const { root } = context.folder;
  for (const { path, staged } of journal.units) {
    const [current, stage, kept] = placesOf(context, journal, path);
    if (staged) {
      if (await exists(stage)) await moveIn(context, stage, current, kept);
    } else if ((await exists(current)) && !(await exists(kept))) {
      await move(context, current, kept);
    }
  }
  for (const path of journal.additions) {
    const current = join(root, path);
    const stage = context.folder.staged('records', path);
    if ((await exists(stage)) && !(await exists(current))) await move(context, stage, current);
  }
  return exchangePrompts(context, journal, 'forward');
}

/** The other way round. */
export async function takeBackExchange(
  context: ExchangeContext,
  journal: RestoreJournal,
): Promise<readonly string[]> {
  const leftAlone = await exchangePrompts(context, journal, 'back');
  for (const path of journal.additions.toReversed()) {
    const stage = context.folder.staged('records', path);
    const current = join(context.folder.root, path);
    if (!(await exists(stage)) && (await exists(current))) await move(context, current, stage);
  }
  for (const { path, staged } of journal.units.toReversed()) {
    const [current, stage, kept] = placesOf(context, journal, path);
    if (staged && !(await exists(stage)) && (await exists(current))) await move(context, current, stage);
    if (!(await exists(kept))) continue;
    // Another process wrote here meanwhile: kept too.
    if (await exists(current)) await move(context, current, await freeName(`${kept}.meanwhile`));
    await move(context, kept, current);
  }
  await clearAside(context, journal);
  return leftAlone;
}

/** What another process wrote meanwhile stays. */
async function clearAside({ folder }: ExchangeContext, { aside }: RestoreJournal): Promise<void> {
  const path = join(folder.root, aside);
  if ((await exists(join(path, 'records'))) && (await findFiles(join(path, 'records'))).paths.length > 0)
    return;
  try {
    await rm(path, { recursive: true, force: true });
  } catch (cause) {
    throw storageError(cause, 'remove', path);
  }
}

function placesOf({ folder }: ExchangeContext, { aside }: RestoreJournal, path: string) {
  return [
    join(folder.root, path),
    folder.staged('records', path),
    join(folder.root, aside, 'records', path),
  ] as const;
}

/** Bytes of prompt files before, as the restore found them. */
export function keptPrompt(folder: RestoreFolder, aside: string, path: string): string {
  return join(folder.root, aside, 'prompts', ...path.split('/'));
}

async function exchangePrompts(
  context: ExchangeContext,
  journal: RestoreJournal,
  direction: RestoreJournal['direction'],
): Promise<readonly string[]> {
  const { promptFiles, beforeStep, folder } = context;
  const leftAlone: string[] = [];
  for (const { path, before, after } of journal.prompts) {
    const present = await promptFiles.read(path);
    const now = present === undefined ? null : nodeHash.sha256(present);
    const [from, to] = direction === 'forward' ? [before, after] : [after, before];
    if (now === to) continue;
    if (now !== from) {
      leftAlone.push(path);
      continue;
    }
    await beforeStep?.(`write ${path}`);
    if (to === null) {
      if (from !== null) await promptFiles.remove(path, from);
      continue;
    }
    const source =
      direction === 'forward' ? folder.staged('prompts', path) : keptPrompt(folder, journal.aside, path);
    await promptFiles.replace(path, from, await readWhole(source));
  }
  return leftAlone;
}

/** Moves what is there aside, as often as another process makes it anew before its place is taken. */
async function moveIn(context: ExchangeContext, stage: string, current: string, kept: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    if (await exists(current)) await move(context, current, await freeName(kept));
    try {
      await move(context, stage, current);
      return;
    } catch (error) {
      const code = systemCode(error instanceof Error ? error.cause : undefined);
      if (attempt === 5 || (code !== 'ENOTEMPTY' && code !== 'EEXIST')) throw error;
    }
  }
}

async function move({ beforeStep }: ExchangeContext, from: string, to: string): Promise<void> {
  await beforeStep?.(`move ${from} to ${to}`);
  try {
    await ensureFolder(dirname(to));
    await renameOver(from, to);
    await syncFolder(dirname(to));
    await syncFolder(dirname(from));
  } catch (cause) {
    throw storageError(cause, 'move', from);
  }
}

async function freeName(path: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? path : `${path}.${number}`;
    if (!(await exists(name))) return name;
  }
}
