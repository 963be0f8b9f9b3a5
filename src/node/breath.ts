import { setImmediate } from 'node:timers/promises';

/** Longest stretch of work between two pauses. Milliseconds. */
const longestStretch = 12;

/**
 * Lets long work share its thread: `if (breath.isDue) await breath.take()` between two pieces. In the extension host other extensions
 * wait while one works.
 */
export class Breath {
  #since = performance.now();

  get isDue(): boolean {
    return performance.now() - this.#since > longestStretch;
  }

  async take(): Promise<void> {
    await setImmediate();
    this.#since = performance.now();
  }
}
