import { type DenseRows, rowOf } from '../../text/denseRows';
import { GrowingFloats, GrowingInts } from '../../text/growingNumbers';
import { MeaningSpace } from '../../text/meaningSpace';
import type { TextCorpus } from '../../text/textCorpus';
import { TextPlacer } from '../../text/textPlacer';
import type { WordVectors } from '../../text/wordVectors';
import { CandidateIndex } from './candidateIndex';
import { RowSum } from './coherence';
import { coherentGroups } from './coherentGroups';
import { GroupsOfSources } from './groupsOfSources';
import { type Partition, sampleOf, textsCompared } from './sample';

const wordsOfGroup = 24;
const wordsOfText = 6;
/** Words of a text by which groups are looked for. */
const wordsAsked = 12;
/** Groups, and lone texts, that a text is measured against. */
const mostCandidates = 6;
const mostLoneCandidates = 2;
/** Keeps a quotient finite. */
const leastSimilarity = 1e-6;
const none = -1;

type Weighted = readonly (readonly [word: number, weight: number])[];

/** What is grouped, and what is known of it beforehand. */
export interface GroupedTexts {
  readonly corpus: TextCorpus;
  /** Numbers of the corpus's texts, in a fixed order (by time); those without words are passed over. */
  readonly order: ArrayLike<number>;
  /** Where each text comes from (its session), by text number: texts of one source do not vouch for each other. */
  readonly sourceOf: (text: number) => number;
  readonly wordVectors: WordVectors;
  /** As `sampleOf` gives it, and its groups, where they were found before. */
  readonly sample?: readonly number[];
  readonly partition?: Partition;
  /** The groups are learnt only, and the texts join with `joinAll`: what was learnt can be kept before. */
  readonly learnOnly?: boolean;
  /** Called now and then, for cancellation. */
  readonly onStep?: () => void;
}

/** Texts between two calls of `onStep`. */
const stepTexts = 1024;

interface Group {
  readonly rows: RowSum;
  /** The first text of each source. */
  readonly sources: RowSum;
}

/**
 * Groups of like texts of a corpus, learnt from a sample of it and joined by the rest, one text after the other, in the order
 * given: near-linear, and one more text at the end costs as little whether there are a thousand before it or a
 * million. Up to 8000 texts the sample is all of them.
 */
export class TextGroups {
  /** Groups among the sample that they were learnt from. */
  readonly partition: Partition;
  readonly #corpus: TextCorpus;
  readonly #placer: TextPlacer;
  readonly #groups: Group[] = [];
  readonly #groupsOfSources = new GroupsOfSources();
  readonly #groupOfBag = new GrowingInts();
  /** Texts seen of each bag: the first one of a lone bag has no group yet. */
  readonly #textsOfBag = new GrowingInts();
  readonly #typicality = new GrowingFloats();
  readonly #groupIndex = new CandidateIndex(64);
  readonly #loneIndex = new CandidateIndex(16);
  /** Source of the first text of each bag that stands alone. */
  readonly #sourceOfLone = new Map<number, number>();
  readonly #compared: number;
  /** What was compared with all others and found like none stays alone until something like it comes. */
  #sampled: ReadonlySet<number> = new Set();

  constructor({ corpus, order, sourceOf, wordVectors, ...given }: GroupedTexts) {
    const { sample = sampleOf(corpus, order), onStep = () => undefined } = given;
    this.#corpus = corpus;
    this.#compared = textsCompared(order.length);
    this.#placer = new TextPlacer(
      corpus,
      new MeaningSpace(
        sample.map((bag) => corpus.wordsOf(bag)),
        wordVectors,
      ),
    );
    this.#sampled = new Set(sample);
    onStep();
    const rows = this.#placer.rows(sample);
    this.partition = given.partition ?? coherentGroups(rows);
    this.#learn(sample, rows);
    onStep();
    if (given.learnOnly !== true) this.joinAll({ order, sourceOf, onStep });
  }

  /** Adds the texts that the groups were learnt for, once. */
  joinAll({ order, sourceOf, onStep }: Pick<GroupedTexts, 'order' | 'sourceOf' | 'onStep'>): void {
    for (let index = 0; index < order.length; index++) {
      if (index % stepTexts === 0) onStep?.();
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
    const bag = this.#corpus.bagOf(text);
    return bag < 0 ? 0 : this.#typicality.at(bag);
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
    if (rows === undefined) return new Float32Array(this.#placer.dimensions);
    return rows.sum.map((value) => value / Math.max(1, rows.count));
  }

  #learn(sample: readonly number[], rows: DenseRows): void {
    for (const members of this.partition) {
      if (members.length < 2) continue;
      const group = this.#newGroup();
      const weights = new Map<number, number>();
      for (const member of members) {
        const bag = sample[member] ?? none;
        group.rows.add(rowOf(rows, member));
        this.#setGroup(bag, this.#groups.length - 1);
        for (const [word, weight] of this.#placer.weights(bag))
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
    const before = this.#textsOfBag.at(bag);
    this.#textsOfBag.set(bag, before + 1);
    const known = this.#groupOf(bag);
    if (known !== none) this.#count(known, bag, source);
    else if (before > 0) this.#pair(bag, bag, source);
    else this.#join(bag, source);
  }

  #join(bag: number, source: number): void {
    const words = this.#placer.weights(bag);
    if (this.#sampled.has(bag)) {
      this.#stayAlone(bag, source, heaviest(words, wordsOfText));
      return;
    }
    const row = this.#placer.row(bag);
    let best = none;
    let nearest = 0;
    let typicality = 0;
    for (const candidate of this.#groupIndex.best(heaviest(words, wordsAsked), mostCandidates)) {
      const rows = this.#groups[candidate]?.rows;
      if (rows === undefined) continue;
      // A wide group's members are less alike than a narrow one's, and belong to it as much.
      const similarity = rows.similarity(row);
      const belonging = similarity / Math.max(rows.coherence(), leastSimilarity);
      if (belonging <= nearest || !rows.admits(similarity)) continue;
      best = candidate;
      nearest = belonging;
      typicality = similarity;
    }
    if (best !== none) {
      this.#enterGroup(best, bag, row, typicality);
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
      const other = this.#placer.row(bag);
      const alone = new RowSum(other.length).add(other);
      if (alone.admits(alone.similarity(row))) return { bag, row: other };
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
    const row = firstRow ?? this.#placer.row(first);
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
    for (const [word, weight] of [
      ...this.#placer.weights(first),
      ...(second === first ? [] : this.#placer.weights(second)),
    ])
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
    if (this.#groupsOfSources.note(source, group)) found.sources.add(row ?? this.#placer.row(bag));
  }

  #newGroup(): Group {
    const { dimensions } = this.#placer;
    const group = { rows: new RowSum(dimensions), sources: new RowSum(dimensions) };
    this.#groups.push(group);
    return group;
  }

  #groupOf(bag: number): number {
    return bag < this.#groupOfBag.length ? this.#groupOfBag.at(bag) : none;
  }

  #setGroup(bag: number, group: number): void {
    this.#groupOfBag.set(bag, group, none);
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
