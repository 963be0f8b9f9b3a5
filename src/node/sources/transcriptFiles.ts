import { closeSync, type Dirent, openSync, readSync, type Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Located } from '../../core/capture/correctionSource';
import type { Skipped } from '../../core/ports';

/** Bytes of a file's beginning by which a source tells its own. */
const headLength = 65_536;

export interface FileSearch {
  /** With the dot: `.jsonl`. */
  readonly extension: string;
  /** Tells by a file's beginning whether it is this tool's; undefined takes every file with the extension. */
  readonly recognises?: (head: string) => boolean;
  /** Look into folders below. */
  readonly deep: boolean;
}

/**
 * Transcript files at a place (a file, or a folder), sorted. What may not be read is in `skipped`, a place that is not there
 * gives nothing and `missing`. Folders reached twice through links are read once.
 */
export async function findTranscripts(place: string, search: FileSearch): Promise<Located> {
  const skipped: Skipped[] = [];
  const found = await statOrSkip(place, skipped);
  if (found === 'missing') return { files: [], skipped, missing: true };
  if (found === 'unreadable') return { files: [], skipped };
  const candidates = found.isDirectory() ? await walk(place, search, skipped) : [place];
  const files: string[] = [];
  for (const file of candidates) {
    if (path.extname(file).toLowerCase() !== search.extension) continue;
    if (!search.recognises || (await headPasses(file, search.recognises, skipped))) files.push(file);
  }
  return { files: files.sort(), skipped };
}

async function walk(folder: string, search: FileSearch, skipped: Skipped[]): Promise<readonly string[]> {
  const entries = await entriesOrSkip(folder, skipped);
  const files: string[] = [];
  for (const entry of entries) {
    const full = path.join(folder, entry.name);
    if (entry.isFile()) files.push(full);
    // Links to folders are not followed: they could lead round in a circle.
    else if (entry.isSymbolicLink() && (await isFile(full, skipped))) files.push(full);
    else if (entry.isDirectory() && search.deep) files.push(...(await walk(full, search, skipped)));
  }
  return files;
}

async function isFile(link: string, skipped: Skipped[]): Promise<boolean> {
  const found = await statOrSkip(link, skipped);
  return typeof found === 'object' && found.isFile();
}

/** The first 64 KiB as text. @throws what the file system throws */
export async function beginningOf(file: string): Promise<string> {
  // Synchronous: a look at a beginning is shorter than the waiting for it, and an import has many.
  const handle = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(headLength);
    return buffer.toString('utf8', 0, readSync(handle, buffer, 0, headLength, 0));
  } finally {
    closeSync(handle);
  }
}

async function headPasses(
  file: string,
  recognises: (head: string) => boolean,
  skipped: Skipped[],
): Promise<boolean> {
  try {
    return recognises(await beginningOf(file));
  } catch (error) {
    skipped.push(unreadable(file, error));
    return false;
  }
}

async function statOrSkip(place: string, skipped: Skipped[]): Promise<Stats | 'missing' | 'unreadable'> {
  try {
    return await stat(place);
  } catch (error) {
    if (isMissing(error)) return 'missing';
    skipped.push(unreadable(place, error));
    return 'unreadable';
  }
}

/** What stands in a folder; nothing when it is not there. */
export async function entriesOrSkip(folder: string, skipped: Skipped[]): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (!isMissing(error)) skipped.push(unreadable(folder, error));
    return [];
  }
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(errorCode(error));
}

/** The system's code for what went wrong, such as `EACCES`. */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return 'unknown error';
  return String(error.code);
}

export function unreadable(place: string, error: unknown): Skipped {
  const code = errorCode(error);
  const why = code === 'EACCES' || code === 'EPERM' ? 'no permission to read it' : 'it cannot be read';
  return { path: place, line: 0, reason: `${why} (${code})` };
}
