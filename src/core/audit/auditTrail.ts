import type { AuditEntry } from '../model/audit';
import { schemaVersion } from '../model/common';
import type { Audit, Ports } from '../ports';
import { chainStart, entryHash, entryIdOf, inChainOrder } from './auditChain';

interface ChainEnd {
  readonly sequence: number;
  readonly hash: string;
}

/**
 * Appends every change to the log `audit`, each entry bearing the hash of the one before it by the same writer. A
 * writer's chain goes on where its last process left it. One trail a store: a second one would not see the first one's entries.
 */
export class AuditTrail implements Audit {
  #end: ChainEnd | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(private readonly ports: Pick<Ports, 'store' | 'clock' | 'hash'>) {}

  /** @throws PipelineError what the store refuses; the chain then goes on from the last entry that was stored */
  async record(
    action: string,
    subject: string,
    detail: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    const before = this.#last;
    const done = before.then(() => this.#append(action, subject, detail));
    // The next entry waits for this one, and is written whether or not this one could be; the caller hears of a failure.
    this.#last = done.catch(() => undefined);
    await done;
  }

  async #append(action: string, subject: string, detail: Readonly<Record<string, unknown>>): Promise<void> {
    const { store, clock, hash } = this.ports;
    const end = this.#end ?? (await this.#storedEnd());
    const sequence = end.sequence + 1;
    const content: Omit<AuditEntry, 'hash'> = {
      schemaVersion,
      entryId: entryIdOf(store.writer, sequence),
      writer: store.writer,
      sequence,
      at: clock.now().toISOString(),
      action,
      subject,
      detail: asStored(detail),
      previousHash: end.hash,
    };
    const entry: AuditEntry = { ...content, hash: entryHash(content, hash) };
    await store.append('audit', [entry]);
    this.#end = { sequence, hash: entry.hash };
  }

  async #storedEnd(): Promise<ChainEnd> {
    const { store } = this.ports;
    const { records } = await store.readLog('audit');
    const last = inChainOrder(records.filter((entry) => entry.writer === store.writer)).at(-1);
    return last === undefined
      ? { sequence: -1, hash: chainStart }
      : { sequence: last.sequence, hash: last.hash };
  }
}

/** What a reader of the log will find: the hash must be of that, not of dates or values that JSON leaves out. */
function asStored(detail: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(detail));
}
