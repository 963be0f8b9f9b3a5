import { GrowingFloats } from '../../text/growingNumbers';

type Weighted = readonly (readonly [word: number, weight: number])[];

interface Entries {
  readonly items: number[];
  readonly weights: number[];
}

/**
 * Finds what shares telling words with a text: each item is entered under its weightiest words, with a weight each.
 * Asking costs no more than the words asked for, however many items there are.
 */
export class CandidateIndex {
  readonly #mostEntries: number;
  readonly #entries: (Entries | undefined)[] = [];
  /** Shared weight by item; all zero between two questions. */
  readonly #scores = new GrowingFloats();

  /** @param mostEntries entries kept for a word, the first ones: a word with more tells little */
  constructor(mostEntries: number) {
    this.#mostEntries = mostEntries;
  }

  /** @param words by number, with the weight that sharing the word has, above 0 */
  enter(item: number, words: Weighted): void {
    if (item >= this.#scores.length) this.#scores.set(item, 0);
    for (const [word, weight] of words) {
      const entries = this.#entries[word];
      if (entries === undefined) this.#entries[word] = { items: [item], weights: [weight] };
      else if (entries.items.length < this.#mostEntries) {
        entries.items.push(item);
        entries.weights.push(weight);
      }
    }
  }

  /** Items that share most weight with the asked words, the best first; ties go to the item with the smaller number. */
  best(words: Weighted, most: number): number[] {
    const scores = this.#scores;
    const met: number[] = [];
    for (const [word, weight] of words) {
      const entries = this.#entries[word];
      if (entries === undefined) continue;
      const { items, weights } = entries;
      for (let k = 0; k < items.length; k++) {
        const item = items[k] ?? 0;
        const score = scores.at(item);
        if (score === 0) met.push(item);
        scores.set(item, score + weight * (weights[k] ?? 0));
      }
    }
    const found: number[] = [];
    for (const item of met) {
      const score = scores.at(item);
      let place = found.length;
      while (place > 0) {
        const before = found[place - 1] ?? 0;
        const other = scores.at(before);
        if (other > score || (other === score && before < item)) break;
        place--;
      }
      if (place >= most) continue;
      found.splice(place, 0, item);
      if (found.length > most) found.pop();
    }
    for (const item of met) scores.set(item, 0);
    return found;
  }
}
