import { forgetQuotes } from '../capture/forgetQuotes';
import { knownCorrections } from '../capture/knownCorrections';
import type { Store } from '../ports';

/** Records that were restored may hold what a person wanted gone for good since: it goes again. Says how many corrections went. */
export async function forgetAgain(
  store: Pick<Store, 'readLog' | 'forgetLines' | 'list' | 'put' | 'remove'>,
): Promise<number> {
  const known = await knownCorrections(store);
  const gone = [...known.stored.values()].filter(known.forgets);
  if (gone.length === 0) return 0;
  const ids = new Set(gone.map(({ correctionId }) => correctionId));
  await store.forgetLines('corrections', ids);
  await forgetQuotes(store, ids);
  return ids.size;
}
