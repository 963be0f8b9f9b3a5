/**
 * Does some work for each item, so many at a time, and gives the results in the order of the items. The first failure ends
 * it: nothing more is begun, and what is under way is waited for.
 */
export async function inOrder<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const entries = items.entries();
  let failed = false;
  const worker = async () => {
    for (const [index, item] of entries) {
      if (failed) return;
      try {
        results.set(index, await work(item));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  for (const outcome of workers) if (outcome.status === 'rejected') throw outcome.reason;
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
