import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { HabitEntry } from '../core/model/habit';
import type { Listing, Skipped } from '../core/ports';
import { temporaryName } from './atomicFile';
import { isMissing, reasonOf, systemCode } from './errorsFromNode';
import { type HabitFile, readHabitFile } from './habitFile';

const indexName = /^([0-9a-f]{64})\.jsonl$/;
/** Projects that are read at most. */
const mostProjects = 200;

/** Does something else than a folder lie at the index's place? A link counts as something else. */
export async function isOddFolder(folder: string): Promise<boolean> {
  try {
    return !(await lstat(folder)).isDirectory();
  } catch (cause) {
    if (isMissing(cause)) return false;
    if (systemCode(cause) === 'ENOTDIR') return true;
    throw cause;
  }
}

export function oddFolder(folder: string): Skipped {
  return { path: folder, line: 0, reason: 'it is no folder' };
}

/** The entries of all projects but `own`, in the order of their hashes. What cannot be read is said, whatever it is. */
export async function readOtherHabits(folder: string, own: string): Promise<Listing<HabitEntry>> {
  const records: HabitEntry[] = [];
  const skipped: Skipped[] = [];
  const skip = (path: string, reason: string) => skipped.push({ path, line: 0, reason });
  try {
    if (await isOddFolder(folder)) return { records, skipped: [oddFolder(folder)] };
    let projects = 0;
    for (const name of await namesIn(folder)) {
      const pathHash = indexName.exec(name)?.[1];
      if (pathHash === own) continue;
      if (pathHash === undefined) skip(join(folder, name), 'it is not named as files of the index are');
      else if (projects === mostProjects)
        skip(join(folder, name), `there are more than ${mostProjects} projects`);
      else {
        projects += 1;
        const file = await readLeniently(join(folder, name), pathHash);
        if (file.kind === 'entries') for (const entry of file.entries) records.push(entry);
        if (file.kind !== 'none') for (const fault of file.skipped) skipped.push(fault);
      }
    }
  } catch (cause) {
    if (systemCode(cause) === undefined) throw cause;
    skip(folder, reasonOf(cause));
  }
  return { records, skipped };
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => !temporaryName.test(name)).sort();
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw cause;
  }
}

async function readLeniently(path: string, pathHash: string): Promise<HabitFile> {
  try {
    return await readHabitFile(path, pathHash);
  } catch (cause) {
    if (systemCode(cause) === undefined) throw cause;
    return { kind: 'foreign', skipped: [{ path, line: 0, reason: reasonOf(cause) }] };
  }
}
