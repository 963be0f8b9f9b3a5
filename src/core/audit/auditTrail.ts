import { Redaction } from '../capture/redaction/redact';
import {
  type AuditEntry,
  type AuditHead,
  type AuditWho,
  checkpointAction,
  checkpointSchema,
} from '../model/audit';
import { schemaVersion } from '../model/common';
import type { Audit, Audited, AuditedChange, Hash, Ports } from '../ports';
import { chainStart, entryHash, entryIdOf } from './auditChain';
import { headsOf } from './auditHeads';
import { canonicalJson } from './canonicalJson';

interface ChainEnd {
  readonly sequence: number;
  readonly hash: string;
}

type Content = Pick<AuditEntry, 'action' | 'subject' | 'detail' | 'who' | 'before' | 'after' | 'why'>;

/** Entries after which a process that goes on looks again at the chains of the others. */
export const entriesBetweenCheckpoints = 100;

/**
 * Appends every change to the log `audit`, each entry bearing the hash of the one before it by the same writer. A
 * writer's chain goes on where its last process left it. With the first entry, and again every hundred, it writes down where the chains of
 * all other writers end (a checkpoint), so that one whose end is cut off later is missed. One trail a store: a second one would not see the
 * first one's entries.
 */
export class AuditTrail implements Audit {
  #end: ChainEnd | undefined;
  #sinceCheckpoint = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(
    private readonly ports: Pick<Ports, 'store' | 'clock' | 'hash'>,
    /** Asked with each entry; it may be asked often. */
    private readonly who?: () => Promise<AuditWho>,
  ) {}

  /** @throws PipelineError what the store refuses; the chain then goes on from the last entry that was stored */
  async record(
    action: string,
    subject: string,
    detail: Readonly<Record<string, unknown>> = {},
    change: AuditedChange = {},
  ): Promise<void> {
    const before = this.#last;
    const done = before.then(() => this.#append({ action, subject, detail: asStored(detail) }, change));
    // The next entry waits for this one, and is written whether or not this one could be; the caller hears of a failure.
    this.#last = done.catch(() => undefined);
    await done;
  }

  async #append(content: Content, { before, after, why }: AuditedChange): Promise<void> {
    const { store, hash } = this.ports;
    const who = this.who === undefined ? {} : { who: await this.who() };
    let end = this.#end;
    let sinceCheckpoint = this.#sinceCheckpoint;
    const entries: AuditEntry[] = [];
    const add = (next: Content) => {
      const entry = this.#entry(next, end ?? { sequence: -1, hash: chainStart });
      entries.push(entry);
      end = { sequence: entry.sequence, hash: entry.hash };
    };
    if (end === undefined || sinceCheckpoint >= entriesBetweenCheckpoints) {
      const { records } = await store.readLog('audit');
      const own = headsOf(records).find((head) => head.writer === store.writer);
      if (end === undefined && own !== undefined) end = { sequence: own.entries - 1, hash: own.hash };
      const heads = this.#unknownHeads(records);
      sinceCheckpoint = 0;
      if (heads.length > 0) {
        add({ action: checkpointAction, subject: store.writer, detail: { heads }, ...who });
      }
    }
    add({
      ...content,
      ...who,
      ...(before === undefined ? {} : { before: contentHash(before, hash) }),
      ...(after === undefined ? {} : { after: contentHash(after, hash) }),
      ...(why === undefined || why.trim() === '' ? {} : { why: new Redaction().text(why.trim()) }),
    });
    await store.append('audit', entries);
    this.#end = end;
    this.#sinceCheckpoint = sinceCheckpoint + entries.length;
  }

  #entry(content: Content, { sequence, hash: previousHash }: ChainEnd): AuditEntry {
    const { store, clock, hash } = this.ports;
    const entry: Omit<AuditEntry, 'hash'> = {
      schemaVersion,
      entryId: entryIdOf(store.writer, sequence + 1),
      writer: store.writer,
      sequence: sequence + 1,
      at: clock.now().toISOString(),
      ...content,
      previousHash,
    };
    return { ...entry, hash: entryHash(entry, hash) };
  }

  /** Where the other chains end; none where this writer's last checkpoint says the same. */
  #unknownHeads(records: readonly AuditEntry[]): readonly AuditHead[] {
    const { writer } = this.ports.store;
    const heads = headsOf(records).filter((head) => head.writer !== writer);
    const last = records
      .filter((entry) => entry.writer === writer && entry.action === checkpointAction)
      .reduce<AuditEntry | undefined>(
        (a, b) => (a !== undefined && a.sequence > b.sequence ? a : b),
        undefined,
      );
    const known = checkpointSchema.safeParse(last?.detail);
    return known.success && canonicalJson(known.data.heads) === canonicalJson(heads) ? [] : heads;
  }
}

/** SHA-256 of a record as canonical JSON; a text is the hash of a file's bytes already. */
export function contentHash(content: Audited, hash: Hash): string | null {
  if (content === null || typeof content === 'string') return content;
  return hash.sha256(canonicalJson(JSON.parse(JSON.stringify(content))));
}

/** What a reader of the log will find: the hash must be of that, not of dates or values that JSON leaves out. */
function asStored(detail: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(detail));
}
