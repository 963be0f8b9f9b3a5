import { chmod, lstat, mkdir, realpath, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { HabitEntry } from '../core/model/habit';
import type { HabitIndex, HabitOwner, Skipped } from '../core/ports';
import { sweepTemporaryFiles, writeFileAtomically } from './atomicFile';
import { reasonOf, storageError, systemCode } from './errorsFromNode';
import { readHabitFile } from './habitFile';
import { isOddFolder, oddFolder, readOtherHabits } from './otherHabits';
import { nodeHash } from './systemPorts';

const onlyOwner = { file: 0o600, folder: 0o700 } as const;

/**
 * The index in `~/.claude-pm/habits/`: a file for each project, named by the SHA-256 of its real path, which that project alone
 * writes. Opening it touches nothing.
 * @param root folder of this project
 * @param home folder of the person
 */
export function openHabitIndex(root: string, home: string): HabitIndex {
  const folder = join(home, '.claude-pm', 'habits');
  let known: Promise<HabitOwner> | undefined;
  const owner = () => {
    known ??= ownerOf(root);
    return known;
  };
  const write = async (entries: readonly HabitEntry[]): Promise<readonly Skipped[]> => {
    const { pathHash } = await owner();
    const path = join(folder, `${pathHash}.jsonl`);
    try {
      return await replaceFile(folder, path, pathHash, entries);
    } catch (cause) {
      throw storageError(cause, 'write', path);
    }
  };
  return {
    owner,
    write,
    remove: async () => {
      const { pathHash } = await owner();
      return (await isThere(join(folder, `${pathHash}.jsonl`))) ? write([]) : [];
    },
    others: async () => readOtherHabits(folder, (await owner()).pathHash),
  };
}

async function ownerOf(root: string): Promise<HabitOwner> {
  try {
    const path = await realpath(root);
    return { name: basename(path) || path, pathHash: nodeHash.sha256(path) };
  } catch (cause) {
    throw storageError(cause, 'look at', root);
  }
}

/** Where one may not even look, this project cannot have written. */
async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (cause) {
    if (systemCode(cause) === undefined) throw cause;
    return false;
  }
}

/** What stands there and is not this project's stays: a whole file that cannot be read, and single lines. */
async function replaceFile(
  folder: string,
  path: string,
  pathHash: string,
  entries: readonly HabitEntry[],
): Promise<readonly Skipped[]> {
  if (await isOddFolder(folder)) return [oddFolder(folder)];
  const file = await readHabitFile(path, pathHash);
  if (file.kind === 'foreign') return file.skipped;
  const there = file.kind === 'entries' ? file : { text: '', mode: 0, strange: [], skipped: [] };
  const lines = [...entries.map((entry) => JSON.stringify(entry)), ...there.strange];
  const text = lines.map((line) => `${line}\n`).join('');
  if (text === '') {
    if (file.kind === 'entries') await rm(path, { force: true });
    return there.skipped;
  }
  if (text === there.text && isPrivate(there.mode)) return there.skipped;
  await mkdir(folder, { recursive: true, mode: onlyOwner.folder });
  if (!isPrivate((await lstat(folder)).mode)) await chmod(folder, onlyOwner.folder);
  await writeFileAtomically(path, text, { mode: onlyOwner.file });
  return [...there.skipped, ...(await sweep(folder))];
}

/** Windows keeps the person's folder to them without such bits. */
function isPrivate(mode: number): boolean {
  return process.platform === 'win32' || (mode & 0o077) === 0;
}

async function sweep(folder: string): Promise<readonly Skipped[]> {
  try {
    await sweepTemporaryFiles(folder);
    return [];
  } catch (cause) {
    if (systemCode(cause) === undefined) throw cause;
    return [{ path: folder, line: 0, reason: `what writers left there stays: ${reasonOf(cause)}` }];
  }
}
