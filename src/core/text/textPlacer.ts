import type { DenseRows } from './denseRows';
import type { MeaningSpace, PlacedWord } from './meaningSpace';
import type { TextCorpus } from './textCorpus';

/** Words that are kept placed; rarer ones are looked up each time. */
const mostKept = 20_000;
/** Bags that are kept placed: what is said again is mostly said soon. */
const mostRows = 4096;

/** Places the bags of a corpus in a space, each word looked up once. */
export class TextPlacer {
  readonly #corpus: TextCorpus;
  readonly #space: MeaningSpace;
  readonly #words: (PlacedWord | undefined)[] = [];
  #kept = 0;
  readonly #rows = new Map<number, Float32Array>();

  constructor(corpus: TextCorpus, space: MeaningSpace) {
    this.#corpus = corpus;
    this.#space = space;
  }

  get dimensions(): number {
    return this.#space.dimensions;
  }

  /** The bag's vector; not to be changed. */
  row(bag: number): Float32Array {
    const known = this.#rows.get(bag);
    if (known !== undefined) return known;
    const row = new Float32Array(this.dimensions);
    this.#space.placeWords(this.#wordsOf(bag), row);
    if (this.#rows.size >= mostRows) this.#rows.clear();
    this.#rows.set(bag, row);
    return row;
  }

  rows(bags: readonly number[]): DenseRows {
    const { dimensions } = this;
    const data = new Float32Array(bags.length * dimensions);
    for (const [index, bag] of bags.entries())
      this.#space.placeWords(this.#wordsOf(bag), data.subarray(index * dimensions, (index + 1) * dimensions));
    return { count: bags.length, dimensions, data };
  }

  /** TF-IDF weights of the bag's words by their number, of unit length. */
  weights(bag: number): [word: number, weight: number][] {
    const tokens = this.#distinct(bag);
    let square = 0;
    const result = tokens.map(([token, times]): [number, number] => {
      const weight = (1 + Math.log(times)) * this.#word(token).weight;
      square += weight * weight;
      return [token, weight];
    });
    const norm = Math.sqrt(square) || 1;
    for (const entry of result) entry[1] /= norm;
    return result;
  }

  #wordsOf(bag: number): [PlacedWord, number][] {
    return this.#distinct(bag).map(([token, times]) => [this.#word(token), times]);
  }

  #distinct(bag: number): [token: number, times: number][] {
    const tokens = this.#corpus.tokensOf(bag);
    const result: [number, number][] = [];
    for (let start = 0; start < tokens.length; ) {
      const token = tokens[start] ?? 0;
      let end = start + 1;
      while (end < tokens.length && tokens[end] === token) end++;
      result.push([token, end - start]);
      start = end;
    }
    return result;
  }

  #word(token: number): PlacedWord {
    const known = this.#words[token];
    if (known !== undefined) return known;
    const word = this.#space.word(this.#corpus.word(token));
    if (this.#kept < mostKept) {
      this.#words[token] = word;
      this.#kept++;
    }
    return word;
  }
}
