import type { CollectionName, RecordOf } from '../model/collections';
import { schemaVersion } from '../model/common';
import type { ChangeStep, PendingChange } from '../model/pendingChange';
import type { Visibility } from '../ports';
import { recordId } from './collectionTable';
import { messageOf, notTakenBack, type TransactionPorts, takeBack } from './takeBack';

/** Writes that are taken back where the work that they belong to does not come to its end, even when the process is killed. */
export interface Transaction {
  put<C extends CollectionName>(collection: C, record: RecordOf<C>): Promise<void>;
  remove(collection: CollectionName, id: string): Promise<void>;
  /** Remembers records as they stand, which the work is about to write by other means. */
  keep(records: readonly (readonly [collection: CollectionName, id: string])[]): Promise<void>;
  /**
   * Compare-and-swap of a target file; null for no file. What is `private` is not kept where git sees it.
   * @throws PipelineError TARGET_CHANGED, and what the file system refuses
   */
  replaceFile(
    path: string,
    before: Uint8Array | null,
    after: Uint8Array | null,
    visibility?: Visibility,
  ): Promise<void>;
}

export interface Undertaking {
  /** For a reader: "deploy 1.2.0". */
  readonly what: string;
  /** Id that the change concerns. */
  readonly subject: string;
}

/**
 * Runs `work`; when it fails, takes back what it did, newest first, and throws its error again. What it takes to do so is on the disk
 * before each step, so that a change that was cut off is taken back by `recoverChanges`. Needs the workspace's lock.
 * @throws PipelineError STORAGE_FAILED when something could not be taken back, with both errors as its cause
 */
export async function allOrNothing<T>(
  ports: TransactionPorts,
  { what, subject }: Undertaking,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const { store, hash, log } = ports;
  const startedAt = ports.clock.now().toISOString();
  const changeId = await freeId(ports, hash.sha256(JSON.stringify([store.writer, startedAt, what, subject])));
  let change: PendingChange = { schemaVersion, changeId, what, subject, startedAt, steps: [] };
  const begin = async (...steps: ChangeStep[]) => {
    change = { ...change, steps: [...change.steps, ...steps] };
    await store.put('pendingChanges', change);
  };
  const keep: Transaction['keep'] = async (records) => {
    const known = new Set(
      change.steps.map((step) => (step.kind === 'record' ? keyOf(step.collection, step.id) : '')),
    );
    const steps: ChangeStep[] = [];
    for (const [collection, id] of records) {
      if (known.has(keyOf(collection, id))) continue;
      steps.push({ kind: 'record', collection, id, before: (await store.get(collection, id)) ?? null });
    }
    if (steps.length > 0) await begin(...steps);
  };
  const transaction: Transaction = {
    keep,
    async put(collection, record) {
      await keep([[collection, recordId(collection, record)]]);
      await store.put(collection, record);
    },
    async remove(collection, id) {
      await keep([[collection, id]]);
      await store.remove(collection, id);
    },
    async replaceFile(path, before, after, visibility) {
      const hashOf = (bytes: Uint8Array | null) => (bytes === null ? null : hash.sha256(bytes));
      if (before !== null) await store.putContent(before, visibility);
      await begin({ kind: 'file', path, before: hashOf(before), after: hashOf(after) });
      if (after !== null) await ports.promptFiles.replace(path, hashOf(before), after);
      else if (before !== null) await ports.promptFiles.remove(path, hash.sha256(before));
    },
  };
  try {
    const result = await work(transaction);
    if (change.steps.length > 0) await store.remove('pendingChanges', changeId);
    return result;
  } catch (cause) {
    const { leftAlone, failures } = await takeBack(ports, change);
    for (const path of leftAlone) {
      log.warn(`${path} was changed by another program during a change that failed; its change was kept.`);
    }
    if (failures.length > 0) throw notTakenBack(cause, change, failures);
    await store.remove('pendingChanges', changeId).catch((failure: unknown) => {
      // All is as it was; the next who opens the workspace finds nothing left to take back.
      log.warn(`The note of a change that was taken back could not be removed: ${messageOf(failure)}`);
    });
    throw cause;
  }
}

const keyOf = (collection: string, id: string) => JSON.stringify([collection, id]);

/** Ids derive from the clock, which a run that is to repeat exactly holds still. */
async function freeId({ store }: TransactionPorts, hash: string): Promise<string> {
  for (let round = 0; ; round += 1) {
    const id = `change-${hash.slice(0, 16)}${round === 0 ? '' : `-${round}`}`;
    if ((await store.get('pendingChanges', id)) === undefined) return id;
  }
}
