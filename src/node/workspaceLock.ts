import { AsyncLocalStorage } from 'node:async_hooks';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { PipelineError } from '../core/errors';
import { type HeldLock, heartbeat, lockOwner, tryLock } from './processLock';
import { Turns } from './turns';

/** Milliseconds that one waits for other processes before giving up. */
export const defaultPatience = 20_000;

interface Hold {
  readonly path: string;
  /** Work inside this hold that asks for the same lock again. */
  readonly inner: Turns;
  active: boolean;
}

const currentHolds = new AsyncLocalStorage<readonly Hold[]>();
const queues = new Map<string, Turns>();

/**
 * Runs `work` while no other process, and no other work of this one, holds the lock `path`. Work of this process
 * queues without a limit; other processes are waited for during `patience` milliseconds. Inside `work` the lock is
 * held already: asking again goes on at once.
 * @throws PipelineError `LOCKED`, and what the file system refuses
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  patience = defaultPatience,
): Promise<T> {
  const holds = currentHolds.getStore() ?? [];
  const outer = holds.findLast((hold) => hold.path === path && hold.active);
  if (outer !== undefined) return outer.inner.take(() => runHolding(holds, path, work));
  return queueOf(path).take(async () => {
    const lock = await acquire(path, patience);
    const beat = setInterval(() => lock.touch(), heartbeat);
    beat.unref();
    try {
      return await runHolding(holds, path, work);
    } finally {
      clearInterval(beat);
      lock.release();
    }
  });
}

/** Does the work that asks hold this lock already? */
export function holdsLock(path: string): boolean {
  return (currentHolds.getStore() ?? []).some((hold) => hold.path === path && hold.active);
}

async function runHolding<T>(outer: readonly Hold[], path: string, work: () => Promise<T>): Promise<T> {
  const hold: Hold = { path, inner: new Turns(), active: true };
  try {
    return await currentHolds.run([...outer, hold], work);
  } finally {
    hold.active = false;
  }
}

function queueOf(path: string): Turns {
  const queue = queues.get(path) ?? new Turns();
  queues.set(path, queue);
  return queue;
}

async function acquire(path: string, patience: number): Promise<HeldLock> {
  const start = performance.now();
  for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
    const lock = tryLock(path);
    if (lock !== undefined) return lock;
    if (performance.now() - start > patience) throw locked(path, patience);
    // Uneven, so that several who wait do not come back at the same moments.
    await wait(pause * (0.5 + Math.random()));
  }
}

function locked(path: string, patience: number): PipelineError {
  const owner = lockOwner(path);
  const who = owner === undefined ? 'Another process' : `Process ${owner.pid} on ${owner.host.split('/')[0]}`;
  return new PipelineError(
    'LOCKED',
    `${who} has been changing this workspace for more than ${Math.round(patience / 1000)} seconds.`,
    {
      subject: path,
      remedy: `Wait for the other window or command and try again; nothing was written. If none is running, delete the folder ${path}.`,
    },
  );
}
