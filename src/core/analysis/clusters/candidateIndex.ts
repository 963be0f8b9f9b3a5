/** Entries kept for a word: the first ones. A word with more tells little. */
const mostEntries = 64;

/**
 * Finds what shares telling words with a text: each item is entered under its weightiest words, with a weight each.
 * Asking costs no more than the words asked for, however many items there are.
 */
export class CandidateIndex {
  readonly #items = new Map<number, number[]>();
  readonly #weights = new Map<number, number[]>();

  /** @param words by number, with the weight that sharing the word has */
  enter(item: number, words: readonly (readonly [word: number, weight: number])[]): void {
    for (const [word, weight] of words) {
      const items = this.#items.get(word);
      if (items === undefined) {
        this.#items.set(word, [item]);
        this.#weights.set(word, [weight]);
      } else if (items.length < mostEntries) {
        items.push(item);
        this.#weights.get(word)?.push(weight);
      }
    }
  }

  /** Items that share most weight with the asked words, the best first; ties go to the item that was entered first. */
  best(words: readonly (readonly [word: number, weight: number])[], most: number): number[] {
    const scores = new Map<number, number>();
    for (const [word, weight] of words) {
      const items = this.#items.get(word);
      const weights = this.#weights.get(word);
      if (items === undefined || weights === undefined) continue;
      for (let k = 0; k < items.length; k++) {
        const item = items[k] ?? 0;
        scores.set(item, (scores.get(item) ?? 0) + weight * (weights[k] ?? 0));
      }
    }
    const found: number[] = [];
    const scoreOf = (item: number): number => scores.get(item) ?? 0;
    for (const item of scores.keys()) {
      let place = found.length;
      while (place > 0 && better(item, found[place - 1] ?? 0, scoreOf)) place--;
      if (place >= most) continue;
      found.splice(place, 0, item);
      if (found.length > most) found.pop();
    }
    return found;
  }
}

function better(a: number, b: number, scoreOf: (item: number) => number): boolean {
  const difference = scoreOf(a) - scoreOf(b);
  return difference > 0 || (difference === 0 && a < b);
}
