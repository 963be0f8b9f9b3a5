import { PipelineError } from '../../errors';
import type { Configuration } from '../../model/configuration';
import type { Habit } from '../../model/habit';
import type { Ports, Skipped } from '../../ports';
import { findHabits } from './findHabits';
import { HabitEntries } from './habitEntries';

export interface HabitListing {
  /** Is `crossProjectHabits` on? While it is not, nothing is read and there are none. */
  readonly allowed: boolean;
  readonly habits: readonly Habit[];
  /** What of the index could not be read. */
  readonly skipped: readonly Skipped[];
}

type HabitPorts = Pick<Ports, 'store' | 'hash' | 'log' | 'habitIndex'>;

/**
 * The same correction in several projects. Keeps this project's corrections in the index in the person's own folder while
 * `crossProjectHabits` is on, and compares them with those of the other projects there.
 */
export class Habits {
  readonly #entries: HabitEntries;

  constructor(
    readonly ports: HabitPorts,
    readonly configuration: Configuration,
  ) {
    const { redactEmails: emails, redactHomeDirectories: homeDirectories } = configuration;
    this.#entries = new HabitEntries({ emails, homeDirectories });
  }

  /**
   * Brings the index up to date with the stored corrections, or takes this project out of it where it is not allowed. What
   * prevents that is said and tried again with the next import, which itself does not fail.
   */
  async afterImport(): Promise<readonly Skipped[]> {
    const { store, habitIndex: index } = this.ports;
    if (!index) return [];
    try {
      if (!this.configuration.crossProjectHabits) return await index.remove();
      return await store.exclusive(() => this.#write(new Set()));
    } catch (error) {
      if (!(error instanceof PipelineError)) throw error;
      return [{ path: error.subject, line: 0, reason: error.message }];
    }
  }

  /** After a change of stored corrections, inside `exclusive`. The change stands whatever becomes of the index. */
  async afterChange(): Promise<void> {
    if (!this.configuration.crossProjectHabits) return;
    try {
      this.#warn(await this.#write(new Set()));
    } catch (error) {
      if (!(error instanceof PipelineError)) throw error;
      this.ports.log.warn(`The index of habits is as it was until the next import: ${error.message}`);
    }
  }

  /**
   * Before corrections are forgotten, inside `exclusive`: what is to be gone for good goes from the index first, also from one that
   * is no longer allowed.
   * @throws PipelineError PERMISSION_DENIED, STORAGE_FAILED: it still stands there
   */
  async beforeForgetting(ids: ReadonlySet<string>): Promise<void> {
    const { habitIndex: index } = this.ports;
    if (!index) return;
    this.#warn(this.configuration.crossProjectHabits ? await this.#write(ids) : await index.remove());
  }

  /** Finds the habits, this project's corrections as they are stored now. */
  async list(): Promise<HabitListing> {
    const { store, hash, habitIndex: index } = this.ports;
    if (!this.configuration.crossProjectHabits || !index) return { allowed: false, habits: [], skipped: [] };
    const { records } = await store.readLog('corrections');
    const own = this.#entries.of(records, await index.owner());
    const others = await index.others();
    return { allowed: true, habits: findHabits(own, others.records, hash), skipped: others.skipped };
  }

  async #write(without: ReadonlySet<string>): Promise<readonly Skipped[]> {
    const { store, habitIndex: index } = this.ports;
    if (!index) return [];
    const { records } = await store.readLog('corrections');
    const kept = records.filter(({ correctionId }) => !without.has(correctionId));
    return index.write(this.#entries.of(kept, await index.owner()));
  }

  #warn(skipped: readonly Skipped[]): void {
    for (const { path, line, reason } of skipped) this.ports.log.warn(`Skipped ${path}:${line}: ${reason}`);
  }
}
