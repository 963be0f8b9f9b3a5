import { GrowingInts } from './growingNumbers';
import { KeyIndex } from './keyIndex';

/** Words of a text that are read. */
const mostWords = 400;

/** FNV-1a (Fowler, Noll and Vo) from a start of choice, with a final mix so that sums of it stay well spread. */
function hashWord(word: string, start: number): number {
  let hash = start;
  for (let index = 0; index < word.length; index++)
    hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/**
 * Many texts as bags of words, in little memory: words by number, and each distinct bag once. A bag's key depends on its words
 * alone, not on what came before, so that the same texts are told apart and sampled alike in any order.
 */
export class TextCorpus {
  readonly #number = new Map<string, number>();
  readonly #words: string[] = [];
  readonly #first = new GrowingInts();
  readonly #second = new GrowingInts();
  /** Words of bag b: from `starts[b]` to `starts[b + 1]`. */
  readonly #starts = new GrowingInts([0]);
  readonly #tokens = new GrowingInts();
  readonly #keys: number[] = [];
  readonly #bagOfKey = new KeyIndex();
  readonly #bagOfText = new GrowingInts();
  readonly #scratch = new Int32Array(mostWords);

  /** Texts so far. */
  get size(): number {
    return this.#bagOfText.length;
  }

  get bags(): number {
    return this.#keys.length;
  }

  /** Distinct words so far; they are numbered from 0. */
  get vocabulary(): number {
    return this.#words.length;
  }

  word(number: number): string {
    return this.#words[number] ?? '';
  }

  /** Number of the text's bag of words; -1 for a text without words. */
  bagOf(text: number): number {
    return this.#bagOfText.at(text);
  }

  /** 52 bits that the bag's words decide, in whatever order they stand. */
  keyOf(bag: number): number {
    return this.#keys[bag] ?? 0;
  }

  /** Numbers of the bag's words, ascending, a word as often as it stands. */
  tokensOf(bag: number): Int32Array {
    return this.#tokens.slice(this.#starts.at(bag), this.#starts.at(bag + 1));
  }

  wordsOf(bag: number): string[] {
    return Array.from(this.tokensOf(bag), (token) => this.word(token));
  }

  /** Adds a text and returns the number of its bag. */
  add(words: readonly string[]): number {
    const bag = words.length === 0 ? -1 : this.#bag(words.slice(0, mostWords));
    this.#bagOfText.push(bag);
    return bag;
  }

  #bag(words: readonly string[]): number {
    const tokens = this.#scratch.subarray(0, words.length);
    for (const [index, word] of words.entries()) tokens[index] = this.#intern(word);
    tokens.sort();
    let low = 0;
    let high = 0;
    for (const token of tokens) {
      low = (low + this.#first.at(token)) | 0;
      high = (high + Math.imul(this.#second.at(token), 0x9e3779b1)) | 0;
    }
    const key = (high >>> 12) * 2 ** 32 + (low >>> 0);
    const { number: bag, isNew } = this.#bagOfKey.numberOf(key);
    if (!isNew) return bag;
    this.#keys.push(key);
    this.#tokens.append(tokens);
    this.#starts.push(this.#tokens.length);
    return bag;
  }

  #intern(word: string): number {
    const known = this.#number.get(word);
    if (known !== undefined) return known;
    const number = this.#words.length;
    this.#number.set(word, number);
    this.#words.push(word);
    this.#first.push(hashWord(word, 0x811c9dc5 | 0) | 0);
    this.#second.push(hashWord(word, 0x1b873593) | 0);
    return number;
  }
}
