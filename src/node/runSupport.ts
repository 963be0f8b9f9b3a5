import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { PipelineError } from '../core/errors';
import type { ProcessMemory, RunSupport, TimeLimit } from '../core/pipeline/runSupport';
import { cacheName, ensureCache } from './cacheFolder';
import { heartbeat, lockOwner, tryLock } from './processLock';

/** Milliseconds between two looks at what is wished of a run. */
const lookEvery = 400;

/** @param folder the workspace's `.claude-pm/`; `repeatable`: what differs from run to run is left out of records */
export function runSupport(folder: string, { repeatable = false } = {}): RunSupport {
  const path = join(folder, cacheName, 'locks', 'run');
  return {
    take() {
      ensureCache(folder);
      const lock = tryLock(path);
      if (lock === undefined) return undefined;
      const beat = setInterval(() => lock.touch(), heartbeat);
      beat.unref();
      return {
        release() {
          clearInterval(beat);
          lock.release();
        },
      };
    },
    holder() {
      const owner = lockOwner(path);
      return owner && `process ${owner.pid} on ${owner.host.split('/')[0]}`;
    },
    timeLimit,
    repeatedly(look) {
      const timer = setInterval(look, lookEvery);
      return () => clearInterval(timer);
    },
    ...(repeatable ? {} : { memory: processMemory }),
  };
}

function processMemory(): ProcessMemory {
  // `maxRSS` is in kilobytes.
  return { now: process.memoryUsage.rss(), most: process.resourceUsage().maxRSS * 1024 };
}

/** It does not keep the process alive. */
function timeLimit(seconds: number): TimeLimit {
  const controller = new AbortController();
  let left = seconds * 1000;
  let startedAt = 0;
  let timer: NodeJS.Timeout | undefined;
  const expire = () =>
    controller.abort(
      new PipelineError('TIMED_OUT', `The run took longer than ${seconds} seconds.`, {
        subject: 'pipelineTimeout',
        remedy: 'What was finished before is kept. Raise pipelineTimeout, or run it for one agent.',
      }),
    );
  const goOn = () => {
    startedAt = performance.now();
    // Node's timers hold 31 bits; a later one would ring at once.
    timer = setTimeout(expire, Math.min(left, 2 ** 31 - 1)).unref();
  };
  goOn();
  return {
    signal: controller.signal,
    goOn,
    hold() {
      clearTimeout(timer);
      left = Math.max(0, left - (performance.now() - startedAt));
    },
    end: () => clearTimeout(timer),
  };
}
