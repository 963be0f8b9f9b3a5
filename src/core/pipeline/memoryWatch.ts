import type { RunMemory } from '../model/execution';
import type { ProcessMemory, RunSupport } from './runSupport';

/** Follows the memory of the process while a run goes on. */
export class MemoryWatch {
  readonly #read: () => ProcessMemory;
  readonly #start: ProcessMemory;
  readonly #stop: () => void;
  #seen: number;

  constructor(read: () => ProcessMemory, support: Pick<RunSupport, 'repeatedly'>) {
    this.#read = read;
    this.#start = read();
    this.#seen = this.#start.now;
    this.#stop = support.repeatedly(() => {
      this.#seen = Math.max(this.#seen, this.#read().now);
    });
  }

  /** @param before what the same run used before it was interrupted */
  found(before?: RunMemory): RunMemory {
    const { now, most } = this.#read();
    // Else the most was reached before the run, by whatever the process did then.
    const exact = most > this.#start.most;
    const peak = exact ? most : Math.max(this.#seen, now);
    if (before !== undefined && before.peak > peak) return before;
    return { atStart: this.#start.now, peak, exact };
  }

  end(): void {
    this.#stop();
  }
}
