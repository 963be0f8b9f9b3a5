import { randomUUID } from 'node:crypto';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isMissing, systemCode } from './errorsFromNode';
import { syncFolder } from './folders';

export interface AtomicWriteOptions {
  /** Permission bits of the new file; without them, the system's default. */
  readonly mode?: number;
  /** Kept where this process may give files away. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/** A name under which a write may be under way. */
export const temporaryName = /^\.[0-9a-f-]{36}\.tmp$/;
const windowsIsBusy = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** On Windows a scanner or an indexer that holds the file open makes a rename fail for some moments. */
export async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rename(from, to);
      return;
    } catch (cause) {
      const busy = process.platform === 'win32' && windowsIsBusy.has(systemCode(cause) ?? '');
      if (!busy || attempt === 10) throw cause;
      await wait(attempt * 10);
    }
  }
}

/**
 * Replaces a file so that a reader sees the old bytes or the new ones, never a part, and so that the new ones are on
 * the disk when the promise resolves: a temporary file beside it, flush, rename, flush of the folder. A link at `path`
 * is replaced, not followed. (write-file-atomic leaves the folder unflushed, can meet its own temporary names across
 * containers, and version 8 wants a later Node than VS Code 1.101 brings.)
 */
export async function writeFileAtomically(
  path: string,
  bytes: Uint8Array | string | AsyncIterable<Uint8Array>,
  options: AtomicWriteOptions = {},
): Promise<void> {
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, 'wx', options.mode ?? 0o666);
    try {
      await handle.writeFile(bytes);
      if (options.owner !== undefined && process.getuid?.() === 0) {
        await handle.chown(options.owner.uid, options.owner.gid);
      }
      if (options.mode !== undefined) await handle.chmod(options.mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await renameOver(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
  await syncFolder(dirname(path));
}

/** Removes what writers that were killed left in a folder. An hour-old temporary file belongs to nobody who still writes. */
export async function sweepTemporaryFiles(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => temporaryName.test(name));
  for (const name of names) {
    const path = join(folder, name);
    try {
      const age = Date.now() - (await stat(path)).mtimeMs;
      if (age > 3_600_000) await rm(path, { force: true });
    } catch (cause) {
      if (!isMissing(cause)) throw cause;
    }
  }
}
