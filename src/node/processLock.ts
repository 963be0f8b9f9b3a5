import { randomUUID } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { isMissing, storageError, systemCode } from './errorsFromNode';
import { readJson } from './jsonText';
import { bootTime, hostIdentity, isAlive, processStart } from './processIdentity';

/*
 * A lock is a folder that holds one file, named by the one who holds it; a folder that is empty or not there is free.
 * Taking it renames a folder prepared with that file onto the lock's name, which the system allows only while it is
 * free. Setting a dead holder's lock free unlinks the file of that very holder, so of two who find it dead at the same
 * time neither can remove the lock that the other has just taken. (proper-lockfile 4 has that race: its issue 121;
 * and it needs ten seconds to notice that a holder is dead.)
 */

const ownerSchema = z.object({ pid: z.int(), host: z.string(), start: z.string() });
export type LockOwner = z.infer<typeof ownerSchema>;

/** A holder on another machine shows that it lives by touching its file; after this many milliseconds without, it does not. */
const foreignSilence = 60_000;
export const heartbeat = 5_000;

export interface HeldLock {
  /** Shows other machines that the holder lives. */
  touch(): void;
  /** Again does no harm. */
  release(): void;
}

const held = new Set<HeldLock>();
let releasesOnExit = false;

function releaseOnExit(): void {
  if (releasesOnExit) return;
  releasesOnExit = true;
  process.on('exit', () => {
    for (const lock of held) lock.release();
  });
}

/** Runs a step that another process may just have done, or undone: then there is nothing to do. */
function unlessGone(step: () => void): void {
  try {
    step();
  } catch (cause) {
    const code = systemCode(cause);
    const windowsIsBusy = process.platform === 'win32' && (code === 'EPERM' || code === 'EBUSY');
    if (code !== 'ENOENT' && code !== 'ENOTEMPTY' && code !== 'EEXIST' && !windowsIsBusy) throw cause;
  }
}

function free(path: string, holderFile: string): void {
  unlessGone(() => unlinkSync(join(path, holderFile)));
  unlessGone(() => rmdirSync(path));
}

function isDead(owner: LockOwner | undefined, touchedAt: number): boolean {
  // The file is complete before it gets its name, so one that cannot be read was cut by a loss of power.
  if (owner === undefined) return true;
  if (owner.host !== hostIdentity) return Date.now() - touchedAt > foreignSilence;
  if (!isAlive(owner.pid)) return true;
  if (owner.start !== '') return owner.start !== processStart(owner.pid);
  return touchedAt < bootTime() - 1000;
}

/** Who holds the lock; `undefined` when it is free. A dead holder's lock is set free on the way. */
export function lockOwner(path: string): LockOwner | undefined {
  try {
    for (const name of readdirSync(path)) {
      const file = join(path, name);
      const reading = readJson(readFileSync(file, 'utf8'));
      const owner = reading.ok ? ownerSchema.safeParse(reading.value).data : undefined;
      if (owner !== undefined && !isDead(owner, statSync(file).mtimeMs)) return owner;
      free(path, name);
    }
    unlessGone(() => rmdirSync(path));
    return undefined;
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw storageError(cause, 'look at the lock', path);
  }
}

/**
 * Takes the lock `path` if it is free or its holder is dead; does not wait. The lock is given back by `release`, at
 * the process's end, or by the next who finds this process dead.
 * @throws PipelineError `PERMISSION_DENIED`, `STORAGE_FAILED`
 */
export function tryLock(path: string): HeldLock | undefined {
  if (lockOwner(path) !== undefined) return undefined;
  const holderFile = `${randomUUID()}.json`;
  const prepared = `${path}.${holderFile}`;
  const owner: LockOwner = { pid: process.pid, host: hostIdentity, start: processStart(process.pid) };
  try {
    mkdirSync(dirname(path), { recursive: true });
    mkdirSync(prepared);
    writeFileSync(join(prepared, holderFile), JSON.stringify(owner));
    unlessGone(() => renameSync(prepared, path));
    if (!isOurs(path, holderFile)) return undefined;
  } catch (cause) {
    throw storageError(cause, 'take the lock', path);
  } finally {
    rmSync(prepared, { recursive: true, force: true });
  }
  const lock: HeldLock = {
    touch() {
      const now = new Date();
      unlessGone(() => utimesSync(join(path, holderFile), now, now));
    },
    release() {
      if (held.delete(lock)) free(path, holderFile);
    },
  };
  held.add(lock);
  releaseOnExit();
  return lock;
}

function isOurs(path: string, holderFile: string): boolean {
  return statSync(join(path, holderFile), { throwIfNoEntry: false }) !== undefined;
}
