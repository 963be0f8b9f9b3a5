import type { Store } from '../ports';

/**
 * Takes the words of forgotten corrections out of the records that quote them. What the next analysis makes anew goes
 * whole; an improvement keeps its hunks, without the evidence that is gone.
 */
export async function forgetQuotes(
  store: Pick<Store, 'list' | 'put' | 'remove'>,
  ids: ReadonlySet<string>,
): Promise<void> {
  if (ids.size === 0) return;
  const isGone = (id: string) => ids.has(id);
  for (const { patternId, memberIds } of (await store.list('patterns')).records) {
    if (memberIds.some(isGone)) await store.remove('patterns', patternId);
  }
  for (const { clusterId, memberIds } of (await store.list('clusters')).records) {
    if (memberIds.some(isGone)) await store.remove('clusters', clusterId);
  }
  for (const { scenarioId, correctionId } of (await store.list('scenarios')).records) {
    if (correctionId !== undefined && isGone(correctionId)) await store.remove('scenarios', scenarioId);
  }
  for (const improvement of (await store.list('improvements')).records) {
    const quotes = improvement.hunks.some(({ evidence }) => evidence.some((one) => isGone(one.correctionId)));
    if (!quotes) continue;
    const hunks = improvement.hunks.map((hunk) => {
      return { ...hunk, evidence: hunk.evidence.filter((one) => !isGone(one.correctionId)) };
    });
    await store.put('improvements', { ...improvement, hunks });
  }
}
