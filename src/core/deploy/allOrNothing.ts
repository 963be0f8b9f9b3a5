import { PipelineError } from '../errors';
import type { CollectionName, RecordOf } from '../model/collections';
import { collections } from '../model/collections';
import type { Store } from '../ports';

/** Writes that can be taken back while the work that they belong to is not finished. */
export interface Transaction {
  put<C extends CollectionName>(collection: C, record: RecordOf<C>): Promise<void>;
  /**
   * To be called before the change that `step` takes back; `step` must bear that the change never took place.
   */
  undo(step: () => Promise<void>): void;
}

/**
 * Runs `work`; when it fails, takes back what it did, newest first, and throws its error again.
 * @throws PipelineError STORAGE_FAILED when something could not be taken back, with both errors as its cause
 */
export async function allOrNothing<T>(
  store: Store,
  subject: string,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const steps: (() => Promise<void>)[] = [];
  const undo = (step: () => Promise<void>) => void steps.unshift(step);
  const put = async <C extends CollectionName>(collection: C, record: RecordOf<C>) => {
    const id = idOf(collection, record);
    const former = await store.get(collection, id);
    undo(() => restore(store, collection, id, former));
    await store.put(collection, record);
  };
  try {
    return await work({ put, undo });
  } catch (cause) {
    const failures: unknown[] = [];
    for (const step of steps) {
      await step().catch((failure: unknown) => failures.push(failure));
    }
    if (failures.length === 0) throw cause;
    throw new PipelineError('STORAGE_FAILED', `${messageOf(cause)} It could not all be taken back.`, {
      subject,
      remedy: `Look at ${subject}: the bytes before are in template_management/backups. Then initialize, which records what stands there.`,
      cause: new AggregateError([cause, ...failures], failures.map(messageOf).join('; ')),
    });
  }
}

function idOf<C extends CollectionName>(collection: C, record: RecordOf<C>): string {
  const key: string = collections[collection].idKey;
  const id = Object.entries(record).find(([name]) => name === key)?.[1];
  return typeof id === 'string' ? id : '';
}

/** Leaves a record alone that is as it was, so that a full disk does not count as a second failure. */
async function restore<C extends CollectionName>(
  store: Store,
  collection: C,
  id: string,
  former: RecordOf<C> | undefined,
): Promise<void> {
  const now = await store.get(collection, id);
  if (JSON.stringify(now) === JSON.stringify(former)) return;
  await (former === undefined ? store.remove(collection, id) : store.put(collection, former));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
