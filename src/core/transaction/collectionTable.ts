import type * as z from 'zod/mini';
import { type CollectionName, collections, type RecordOf } from '../model/collections';
import type { Store } from '../ports';

type CollectionTable = {
  readonly [C in CollectionName]: { readonly schema: z.ZodMiniType<RecordOf<C>>; readonly idKey: string };
};
const table: CollectionTable = collections;

export function isCollection(name: string): name is CollectionName {
  return Object.hasOwn(collections, name);
}

/** The id that a record bears; empty where it has none. */
export function recordId<C extends CollectionName>(collection: C, record: RecordOf<C>): string {
  const id: unknown = Reflect.get(record, table[collection].idKey);
  return typeof id === 'string' ? id : '';
}

/** Puts what was kept as plain data. Throws what its schema says where it is no such record. */
export async function putKept<C extends CollectionName>(
  store: Store,
  collection: C,
  value: unknown,
): Promise<void> {
  await store.put(collection, table[collection].schema.parse(value));
}
