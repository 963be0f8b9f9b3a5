import type { Correction } from '../model/correction';
import type { Exemplar } from '../model/pattern';
import { exemplarsOf } from './exemplars';
import { titleOf } from './groupTitle';

/** A group in the words of its members. */
export interface Wording {
  readonly title: string;
  readonly exemplars: readonly Exemplar[];
}

/** Titles and exemplars that were made before, by the members that they were made from. Rows must not have changed since. */
export type Wordings = Map<string, Wording>;

/**
 * The wording of a group by its most typical members, the most typical first: as it was made before, where `known` has it.
 * @param read gives rows in full
 */
export function wordingOf(
  typical: readonly number[],
  read: (rows: readonly number[]) => readonly Correction[],
  known: Wordings | undefined,
): Wording {
  const key = known === undefined ? '' : typical.join(' ');
  const before = known?.get(key);
  if (before !== undefined) return before;
  const members = read(typical);
  const wording = { title: titleOf(members), exemplars: exemplarsOf(members) };
  known?.set(key, wording);
  return wording;
}
