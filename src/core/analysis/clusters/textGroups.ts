import { rowOf } from '../../text/denseRows';
import { GrowingInts } from '../../text/growingInts';
import { MeaningSpace } from '../../text/meaningSpace';
import type { TextCorpus } from '../../text/textCorpus';
import type { WordVectors } from '../../text/wordVectors';
import { CandidateIndex } from './candidateIndex';
import { RowSum } from './coherence';
import { coherentGroups } from './coherentGroups';
import { SourceSum } from './sourceSum';

/** Distinct texts that are compared with all others; the rest join what was found among these. */
const mostCompared = 8000;
/** The comparing is done anew each time that the texts have grown by this factor. */
const growth = 1.5;
const wordsOfGroup = 24;
const wordsOfText = 6;
/** Groups, and lone texts, that a text is measured against. */
const mostCandidates = 6;
const mostLoneCandidates = 2;
/** Keeps a quotient finite. */
const leastSimilarity = 1e-6;
const none = -1;

type Weighted = readonly (readonly [word: number, weight: number])[];

/** Number of the texts, counted from the oldest, from which groups are learnt: fixed steps, so that it depends on `texts` alone. */
export function textsCompared(texts: number): number {
  let step = mostCompared;
  while (Math.floor(step * growth) <= texts) step = Math.floor(step * growth);
  return Math.min(step, texts);
}

interface Group {
  readonly rows: RowSum;
  readonly sources: SourceSum;
  texts: number;
}

/**
 * Groups of like texts of a corpus, learnt from a sample of it and joined by the rest, one text after the other, in the order
 * given: near-linear, and one more text at the end costs as little whether there are a thousand before it or a
 * million. Up to 8000 distinct texts the sample is all of them, and their order plays no part.
 */
export class TextGroups {
  readonly #corpus: TextCorpus;
  readonly #space: MeaningSpace;
  readonly #groups: Group[] = [];
  readonly #groupOfBag = new GrowingInts();
  /** Texts seen of each bag: the first one of a lone bag has no group yet. */
  readonly #textsOfBag = new GrowingInts();
  readonly #typicality = new Map<number, number>();
  readonly #groupIndex = new CandidateIndex();
  readonly #loneIndex = new CandidateIndex();
  /** Source of the first text of each bag that stands alone. */
  readonly #sourceOfLone = new Map<number, number>();
  readonly #compared: number;
  /** What was compared with all others and found like none stays alone until something like it comes. */
  #sampled: ReadonlySet<number> = new Set();

  /**
   * @param order numbers of the corpus's texts, in a fixed order (by time); those without words are passed over
   * @param sourceOf where each text comes from (its session), by text number: texts of one source do not vouch for each other
   * @param onStep called now and then, for cancellation
   */
  constructor(
    corpus: TextCorpus,
    order: ArrayLike<number>,
    sourceOf: (text: number) => number,
    wordVectors: WordVectors,
    onStep: () => void = () => undefined,
  ) {
    this.#corpus = corpus;
    this.#compared = textsCompared(order.length);
    const sample = this.#sample(order);
    this.#space = new MeaningSpace(
      sample.map((bag) => corpus.wordsOf(bag)),
      wordVectors,
    );
    this.#sampled = new Set(sample);
    onStep();
    this.#learn(sample);
    onStep();
    for (let index = 0; index < order.length; index++) {
      if (index % 1024 === 0) onStep();
      const text = order[index] ?? 0;
      this.#place(text, sourceOf(text));
    }
  }

  get count(): number {
    return this.#groups.length;
  }

  /** Must the groups be learnt anew with so many texts, rather than joined by the new ones? */
  isOutgrown(texts: number): boolean {
    return textsCompared(texts) !== this.#compared;
  }

  /** Adds one text, which must come after all others in the order. */
  add(text: number, source: number): void {
    this.#place(text, source);
  }

  /** Number of the text's group; -1 where it is like no other. */
  groupOf(text: number): number {
    const bag = this.#corpus.bagOf(text);
    return bag < 0 ? none : this.#groupOf(bag);
  }

  /** Mean similarity of the text to its group's others when it joined, in [0, 1]; 0 without a group. */
  typicality(text: number): number {
    return this.#typicality.get(this.#corpus.bagOf(text)) ?? 0;
  }

  /** Mean similarity between the group's texts of different sources, in [0, 1]. */
  likeness(group: number): number {
    const found = this.#groups[group];
    if (found === undefined) return 0;
    const likeness = found.sources.count > 1 ? found.sources.coherence() : found.rows.coherence();
    return Math.min(1, Math.max(0, likeness));
  }

  /** Middle of the group: the mean of its distinct texts' vectors. */
  centre(group: number): Float32Array {
    const rows = this.#groups[group]?.rows;
    if (rows === undefined) return new Float32Array(this.#space.dimensions);
    return rows.sum.map((value) => value / Math.max(1, rows.count));
  }

  /** The distinct bags of the oldest texts; of too many, those whose keys come first: a sample that no order decides. */
  #sample(order: ArrayLike<number>): number[] {
    const bags = new Set<number>();
    for (let index = 0; index < this.#compared; index++) {
      const bag = this.#corpus.bagOf(order[index] ?? 0);
      if (bag >= 0) bags.add(bag);
    }
    if (this.#compared < order.length || bags.size > mostCompared) {
      const mixed = (bag: number): number => Math.imul(this.#corpus.keyOf(bag) | 0, 0x9e3779b1) >>> 0;
      const byKey = [...bags].sort(
        (a, b) => mixed(a) - mixed(b) || this.#corpus.keyOf(a) - this.#corpus.keyOf(b),
      );
      const chosen = new Set(byKey.slice(0, mostCompared));
      return [...bags].filter((bag) => chosen.has(bag));
    }
    return [...bags];
  }

  #learn(sample: readonly number[]): void {
    const rows = this.#space.rows(sample.map((bag) => this.#corpus.wordsOf(bag)));
    for (const members of coherentGroups(rows)) {
      if (members.length < 2) continue;
      const group = this.#newGroup();
      const weights = new Map<number, number>();
      for (const member of members) {
        const bag = sample[member] ?? none;
        group.rows.add(rowOf(rows, member));
        this.#setGroup(bag, this.#groups.length - 1);
        for (const [word, weight] of this.#weigh(bag))
          weights.set(word, (weights.get(word) ?? 0) + weight / members.length);
      }
      for (const member of members)
        this.#typicality.set(sample[member] ?? none, group.rows.typicality(rowOf(rows, member)));
      this.#groupIndex.enter(this.#groups.length - 1, profile(weights));
    }
  }

  #place(text: number, source: number): void {
    const bag = this.#corpus.bagOf(text);
    if (bag < 0) return;
    while (this.#textsOfBag.length <= bag) this.#textsOfBag.push(0);
    const before = this.#textsOfBag.at(bag);
    this.#textsOfBag.set(bag, before + 1);
    const known = this.#groupOf(bag);
    if (known !== none) this.#count(known, bag, source);
    else if (before > 0) this.#pair(bag, bag, source);
    else this.#join(bag, source);
  }

  #join(bag: number, source: number): void {
    const words = this.#weigh(bag);
    if (this.#sampled.has(bag)) {
      this.#stayAlone(bag, source, heaviest(words, wordsOfText));
      return;
    }
    const row = new Float32Array(this.#space.dimensions);
    this.#space.place(this.#corpus.wordsOf(bag), row);
    let best = none;
    let nearest = 0;
    for (const candidate of this.#groupIndex.best(words, mostCandidates)) {
      const rows = this.#groups[candidate]?.rows;
      if (rows === undefined) continue;
      // A wide group's members are less alike than a narrow one's, and belong to it as much.
      const belonging = rows.similarity(row) / Math.max(rows.coherence(), leastSimilarity);
      if (belonging <= nearest || !rows.admits(row)) continue;
      best = candidate;
      nearest = belonging;
    }
    if (best !== none) {
      this.#enterGroup(best, bag, row, this.#groups[best]?.rows.similarity(row) ?? 0);
      this.#count(best, bag, source, row);
      return;
    }
    const telling = heaviest(words, wordsOfText);
    const other = this.#mate(telling, row);
    if (other !== undefined) {
      this.#pair(other.bag, bag, source, other.row, row);
      return;
    }
    this.#stayAlone(bag, source, telling);
  }

  #stayAlone(bag: number, source: number, telling: Weighted): void {
    this.#sourceOfLone.set(bag, source);
    this.#loneIndex.enter(bag, telling);
  }

  /** The lone text that is alike enough to make a group of two. */
  #mate(telling: Weighted, row: Float32Array): { bag: number; row: Float32Array } | undefined {
    for (const bag of this.#loneIndex.best(telling, mostLoneCandidates)) {
      if (this.#groupOf(bag) !== none) continue;
      const other = new Float32Array(this.#space.dimensions);
      this.#space.place(this.#corpus.wordsOf(bag), other);
      if (new RowSum(other.length).add(other).admits(row)) return { bag, row: other };
    }
    return undefined;
  }

  /** A group of a lone bag and one more text: of another bag, or the same words again. */
  #pair(
    first: number,
    second: number,
    source: number,
    firstRow?: Float32Array,
    secondRow?: Float32Array,
  ): void {
    const group = this.#newGroup();
    const number = this.#groups.length - 1;
    const row = firstRow ?? this.#row(first);
    this.#enterGroup(number, first, row, 1);
    this.#count(number, first, this.#sourceOfLone.get(first) ?? source, row);
    this.#sourceOfLone.delete(first);
    if (second !== first && secondRow !== undefined) {
      const similarity = group.rows.similarity(secondRow);
      this.#typicality.set(first, similarity);
      this.#enterGroup(number, second, secondRow, similarity);
    }
    this.#count(number, second, source, secondRow);
    const words = new Map<number, number>();
    for (const [word, weight] of [...this.#weigh(first), ...(second === first ? [] : this.#weigh(second))])
      words.set(word, (words.get(word) ?? 0) + weight);
    this.#groupIndex.enter(number, profile(words));
  }

  #enterGroup(group: number, bag: number, row: Float32Array, typicality: number): void {
    this.#groups[group]?.rows.add(row);
    this.#setGroup(bag, group);
    this.#typicality.set(bag, typicality);
  }

  /** Notes that the source has said what the group says: the first text of a source stands for it. */
  #count(group: number, bag: number, source: number, row?: Float32Array): void {
    const found = this.#groups[group];
    if (found === undefined) return;
    found.texts++;
    if (found.sources.knows(source)) return;
    found.sources.addSource(source, row ?? this.#row(bag));
  }

  #row(bag: number): Float32Array {
    const row = new Float32Array(this.#space.dimensions);
    this.#space.place(this.#corpus.wordsOf(bag), row);
    return row;
  }

  #newGroup(): Group {
    const { dimensions } = this.#space;
    const group = { rows: new RowSum(dimensions), sources: new SourceSum(dimensions), texts: 0 };
    this.#groups.push(group);
    return group;
  }

  #groupOf(bag: number): number {
    return bag < this.#groupOfBag.length ? this.#groupOfBag.at(bag) : none;
  }

  #setGroup(bag: number, group: number): void {
    while (this.#groupOfBag.length <= bag) this.#groupOfBag.push(none);
    this.#groupOfBag.set(bag, group);
  }

  /** TF-IDF weights of the bag's words, of unit length. */
  #weigh(bag: number): [number, number][] {
    const result: [number, number][] = [];
    const tokens = this.#corpus.tokensOf(bag);
    let square = 0;
    for (let start = 0; start < tokens.length; ) {
      const token = tokens[start] ?? 0;
      let end = start + 1;
      while (end < tokens.length && tokens[end] === token) end++;
      const weight = (1 + Math.log(end - start)) * this.#space.weightOf(this.#corpus.word(token));
      result.push([token, weight]);
      square += weight * weight;
      start = end;
    }
    const norm = Math.sqrt(square) || 1;
    for (const entry of result) entry[1] /= norm;
    return result;
  }
}

function heaviest(words: [number, number][], most: number): [number, number][] {
  return words.length <= most ? words : words.toSorted((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most);
}

/** The heaviest words at unit length, so that wide groups are found as well as narrow ones. */
function profile(weights: ReadonlyMap<number, number>): [number, number][] {
  const words = heaviest([...weights], wordsOfGroup);
  const norm = Math.hypot(...words.map(([, weight]) => weight)) || 1;
  return words.map(([word, weight]) => [word, weight / norm]);
}
