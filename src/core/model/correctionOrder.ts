import type { Correction } from './correction';

type Dated = Pick<Correction, 'correctionId' | 'timestamp'>;

/** By time, then by id. */
export function byTimeThenId(a: Dated, b: Dated): number {
  const difference = Date.parse(a.timestamp) - Date.parse(b.timestamp);
  if (difference !== 0) return difference;
  return a.correctionId < b.correctionId ? -1 : Number(a.correctionId > b.correctionId);
}

/**
 * The one order in which corrections are taken. Words are numbered as they come, and sums of floating point numbers depend on
 * their order in the last bits: in another order, what stands on the edge of a group could fall to its other side.
 */
export function oldestFirst<C extends Dated>(corrections: readonly C[]): readonly C[] {
  const sorted = corrections.every((correction, index) => {
    const before = corrections[index - 1];
    return before === undefined || byTimeThenId(before, correction) <= 0;
  });
  return sorted ? corrections : corrections.toSorted(byTimeThenId);
}
