import { GrowingInts } from '../../text/growingNumbers';

const none = -1;
/** Groups of a source that are looked through one by one; of more, a set is kept. */
const fewGroups = 32;

/** Which groups each source has spoken in. A session says few things, so that its groups are mostly a short list. */
export class GroupsOfSources {
  /** Newest entry of each source, and for each entry its group and the one before it. */
  readonly #newest = new GrowingInts();
  readonly #group = new GrowingInts();
  readonly #before = new GrowingInts();

  readonly #many = new Map<number, Set<number>>();

  /** Notes that the source spoke in the group. Is it the first time? */
  note(source: number, group: number): boolean {
    const many = this.#many.get(source);
    if (many !== undefined) {
      const size = many.size;
      return many.add(group).size > size;
    }
    const newest = source < this.#newest.length ? this.#newest.at(source) : none;
    let met = 0;
    for (let entry = newest; entry !== none; entry = this.#before.at(entry)) {
      if (this.#group.at(entry) === group) return false;
      met++;
    }
    if (met >= fewGroups) {
      const groups = new Set([group]);
      for (let entry = newest; entry !== none; entry = this.#before.at(entry))
        groups.add(this.#group.at(entry));
      this.#many.set(source, groups);
      return true;
    }
    this.#newest.set(source, this.#group.length, none);
    this.#group.push(group);
    this.#before.push(newest);
    return true;
  }
}
