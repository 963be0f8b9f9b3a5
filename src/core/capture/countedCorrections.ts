import type { Correction } from '../model/correction';
import type { Listing, Store } from '../ports';

/** The stored corrections that count: all that nobody has dismissed as no correction. */
export async function countedCorrections(store: Pick<Store, 'readLog'>): Promise<Listing<Correction>> {
  const { records, skipped } = await store.readLog('corrections');
  return { records: records.filter(({ edited }) => edited?.dismissed !== true), skipped };
}
