import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ArchivedFile } from '../../core/backup/archivePaths';
import { forgetAgain } from '../../core/backup/forgetAgain';
import { planUnits } from '../../core/backup/restoreUnits';
import { PipelineError } from '../../core/errors';
import type { RestoreJournal } from '../../core/model/backup';
import { schemaVersion } from '../../core/model/common';
import type { Ports } from '../../core/ports';
import { messageOf } from '../../core/transaction/takeBack';
import { storageError } from '../errorsFromNode';
import { ensureFolder } from '../folders';
import { nodeHash } from '../systemPorts';
import type { OpeningKeys } from './backupKeys';
import { exists, findFiles } from './collectFiles';
import { compareFiles, type RestoreChanges } from './compareFiles';
import { type BeforeStep, type ExchangeContext, exchange, keptPrompt, takeBackExchange } from './exchange';
import type { ReadArchive } from './readArchive';
import { RestoreFolder } from './restoreFolders';
import { flushFiles, isInScope, type RestoreScope, stageFile } from './stageRestore';

export interface RestoreRequest {
  readonly path: string;
  readonly keys: OpeningKeys;
  readonly scope: RestoreScope;
  /** Only tell what would change. */
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
  readonly beforeStep?: BeforeStep;
}

export interface Restored {
  readonly archive: string;
  /** When the archive was made. */
  readonly createdAt: string;
  readonly scope: RestoreScope;
  readonly changes: RestoreChanges;
  /** Folder, relative to the workspace, with what was there before; null where nothing was changed. */
  readonly kept: string | null;
  /** Prompt files that another program changed meanwhile. */
  readonly leftAlone: readonly string[];
  /** Corrections that the archive held and that were forgotten since. */
  readonly forgottenAgain: number;
}

type RestorePorts = Pick<Ports, 'store' | 'promptFiles' | 'audit' | 'clock' | 'log'>;

/**
 * Brings what an archive holds in the place of what is there, which is kept aside: all of it or nothing, even when the process is killed. The
 * whole archive is checked first. Needs the workspace's lock.
 * @param root the `.claude-pm/` folder
 * @throws PipelineError as `readArchive`; what the file system refuses: everything is then as it was
 */
export async function restoreBackup(
  root: string,
  ports: RestorePorts,
  request: RestoreRequest,
): Promise<Restored> {
  const { path, scope, keys, signal } = request;
  const { readArchive } = await import('./archive');
  const read = (take?: (file: ArchivedFile, bytes: AsyncIterable<Uint8Array>) => Promise<void>) =>
    readArchive({ path, keys, ...(take ? { take } : {}), ...(signal ? { signal } : {}) });
  const archive = basename(path);
  if (request.dryRun) {
    const { manifest, files } = await read();
    const wanted = files.filter((file) => isInScope(file, scope));
    const present = scope === 'prompts' ? [] : (await findFiles(root)).paths;
    const changes = await compareFiles(root, ports, wanted, present);
    const { createdAt } = manifest;
    return { archive, createdAt, scope, changes, kept: null, leftAlone: [], forgottenAgain: 0 };
  }

  const folder = await newFolder(root, ports.clock.now());
  const prepared = await prepare(folder, ports, request, read);
  const { changes, journal, createdAt } = prepared;
  if (changes.added.length + changes.changed.length + changes.removed.length === 0) {
    await removeFolder(join(root, journal.aside));
    await removeFolder(folder.path);
    return { archive, createdAt, scope, changes, kept: null, leftAlone: [], forgottenAgain: 0 };
  }
  const done = await carryOut({ folder, ports, journal, changes, createdAt, request });
  // The restore is whole: without this folder too, which the next start would clear away.
  await removeFolder(folder.path).catch((error: unknown) => ports.log.warn(messageOf(error)));
  return { archive, createdAt, scope, changes, kept: `.claude-pm/${journal.aside}`, ...done };
}

interface Prepared {
  readonly journal: RestoreJournal;
  readonly changes: RestoreChanges;
  readonly createdAt: string;
}

type Read = (
  take: (file: ArchivedFile, bytes: AsyncIterable<Uint8Array>) => Promise<void>,
) => Promise<ReadArchive>;

/** Puts all files beside their places, and the note that they are to be exchanged. Nothing has changed when this fails. */
async function prepare(
  folder: RestoreFolder,
  ports: RestorePorts,
  { path, scope }: RestoreRequest,
  read: Read,
): Promise<Prepared> {
  const { root } = folder;
  const aside = folder.name.replace('.restore-', '.before-restore-');
  const staged: string[] = [];
  try {
    await hideFromGit(folder.path);
    const { manifest, files } = await read(async (file, bytes) => {
      const stage = folder.staged(file.area, file.place);
      if (isInScope(file, scope)) {
        staged.push(stage);
        await stageFile(stage, bytes);
      } else for await (const _chunk of bytes);
    });
    const wanted = files.filter((file) => isInScope(file, scope));
    const records = wanted.filter(({ area }) => area === 'records').map(({ place }) => place);
    const present = scope === 'prompts' ? [] : (await findFiles(root)).paths;
    const changes = await compareFiles(root, ports, wanted, present);
    await hideFromGit(join(root, aside));
    const journal: RestoreJournal = {
      schemaVersion,
      archive: basename(path),
      startedAt: ports.clock.now().toISOString(),
      direction: 'forward',
      aside,
      ...planUnits(present, records),
      prompts: await keepPrompts(folder, ports, wanted, aside),
    };
    const kept = journal.prompts.flatMap(({ path: prompt, before }) =>
      before === null ? [] : [keptPrompt(folder, aside, prompt)],
    );
    await flushFiles(root, [...staged, ...kept]);
    await folder.writeJournal(journal);
    return { journal, changes, createdAt: manifest.createdAt };
  } catch (cause) {
    await removeFolder(join(root, aside));
    await removeFolder(folder.path);
    throw cause;
  }
}

async function keepPrompts(
  folder: RestoreFolder,
  { promptFiles }: RestorePorts,
  files: readonly ArchivedFile[],
  aside: string,
): Promise<RestoreJournal['prompts']> {
  const prompts: RestoreJournal['prompts'] = [];
  for (const { area, place, sha256 } of files) {
    if (area !== 'prompts') continue;
    const bytes = await promptFiles.read(place);
    if (bytes !== undefined) await stageFile(keptPrompt(folder, aside, place), bytes);
    prompts.push({ path: place, before: bytes === undefined ? null : nodeHash.sha256(bytes), after: sha256 });
  }
  return prompts;
}

interface Work extends Prepared {
  readonly folder: RestoreFolder;
  readonly ports: RestorePorts;
  readonly request: RestoreRequest;
}

async function carryOut(work: Work): Promise<Pick<Restored, 'leftAlone' | 'forgottenAgain'>> {
  const { folder, ports, journal, changes, createdAt, request } = work;
  const { beforeStep, scope } = request;
  const context = { folder, promptFiles: ports.promptFiles, ...(beforeStep ? { beforeStep } : {}) };
  try {
    const leftAlone = await exchange(context, journal);
    await beforeStep?.('forget again');
    const forgottenAgain = await forgetAgain(ports.store);
    await ports.audit.record('backup.restored', journal.archive, {
      createdAt,
      scope,
      added: changes.added.length,
      changed: changes.changed.length,
      removed: changes.removed.length,
      forgottenAgain,
      leftAlone,
      kept: journal.aside,
    });
    return { leftAlone, forgottenAgain };
  } catch (cause) {
    throw await undone(cause, context, journal);
  }
}

/** Takes back what was done, and gives the error to throw. */
async function undone(cause: unknown, context: ExchangeContext, journal: RestoreJournal): Promise<unknown> {
  const { folder } = context;
  const { archive, aside } = journal;
  try {
    await folder.writeJournal({ ...journal, direction: 'back' });
    await takeBackExchange(context, { ...journal, direction: 'back' });
    await removeFolder(folder.path);
    return cause;
  } catch (failure) {
    return new PipelineError(
      'STORAGE_FAILED',
      `${messageOf(cause)} The restore could not all be taken back.`,
      {
        subject: archive,
        remedy: `It is tried again at the next change, or when the workspace is opened. What was there before lies in .claude-pm/${aside}.`,
        cause: new AggregateError([cause, failure], messageOf(failure)),
      },
    );
  }
}

async function newFolder(root: string, now: Date): Promise<RestoreFolder> {
  const time = now.toISOString().replaceAll(':', '-');
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? time : `${time}-${number}`;
    const taken = await Promise.all(
      ['.restore-', '.before-restore-'].map((name) => exists(join(root, name + suffix))),
    );
    if (!taken.includes(true)) return RestoreFolder.forTime(root, suffix);
  }
}

/** What lies there holds what people wrote. */
async function hideFromGit(folder: string): Promise<void> {
  await ensureFolder(folder);
  await stageFile(join(folder, '.gitignore'), Buffer.from('*\n'));
}

async function removeFolder(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch (cause) {
    throw storageError(cause, 'remove', path);
  }
}
