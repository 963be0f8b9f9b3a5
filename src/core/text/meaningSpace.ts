import { type DenseRows, normalizeRow } from './denseRows';
import { latentBasis } from './latentSpace';
import { type CommonPart, commonPart, sumOfWords, unitRow, withoutCommonPart } from './meaningBlock';
import { inverseDocumentFrequency, vectorSpace } from './vectorSpace';
import type { VectorBlock, WordVectors } from './wordVectors';

/** Share of a block of word vectors beside the latent space (1). Chosen on histories with labelled recurring rules. */
const blockShare = 0.4;
/**
 * What few texts teach of words is little, so that what is known beforehand counts for more: this many texts add 1 to the share.
 * Chosen on themes planted among 6 to 60 corrections.
 */
const shareOfFew = 25;
const mostLatent = 100;
const textsPerDimension = 5;
/** Up to so many dimensions there is one for fewer texts: with too many, hardly any two texts of few are alike. */
const fewestLatent = 20;
const fewTextsPerDimension = 3;
const leastLatent = 2;

/** Dimensions of the latent space of so many texts. */
function latentDimensions(texts: number): number {
  const few = Math.min(fewestLatent, Math.floor(texts / fewTextsPerDimension));
  return Math.min(mostLatent, Math.max(leastLatent, few, Math.floor(texts / textsPerDimension)));
}

/** A word as the space knows it. */
export interface PlacedWord {
  /** Inverse document frequency: how few texts hold it. */
  readonly weight: number;
  /** Its direction in the latent space, then in each block of word vectors; zeros where it is unknown. */
  readonly row: Float32Array;
}

/** A stretch of a row that is scaled on its own. */
interface Segment {
  readonly start: number;
  readonly end: number;
  /** Length that the stretch has in the end. */
  readonly length: number;
  readonly common: CommonPart | undefined;
}

/**
 * A space in which texts that speak of one thing lie close: what the texts themselves teach of which words go together
 * (latent semantic analysis over TF-IDF), joined to word vectors without their common part. Texts are bags of stems.
 */
export class MeaningSpace {
  readonly dimensions: number;
  readonly #number: ReadonlyMap<string, number>;
  readonly #weights: Float64Array;
  readonly #unknownWeight: number;
  readonly #basis: Float32Array;
  readonly #latent: number;
  readonly #blocks: readonly VectorBlock[];
  readonly #segments: readonly Segment[];

  /** Learns from these texts. The same texts in the same order give the same space. */
  constructor(texts: readonly (readonly string[])[], wordVectors: WordVectors) {
    const { vocabulary, inverseFrequency, vectors } = vectorSpace(texts);
    this.#number = new Map(vocabulary.map((word, index) => [word, index]));
    this.#unknownWeight = inverseDocumentFrequency(texts.length, 0);
    this.#weights = inverseFrequency;
    const { basis, columns } = latentBasis(vectors, vocabulary.length, latentDimensions(texts.length));
    this.#basis = basis;
    this.#latent = columns;
    this.#blocks = wordVectors.blocks;
    const share = blockShare + shareOfFew / Math.max(1, texts.length);
    const scale = 1 / Math.sqrt(1 + share * this.#blocks.length);
    const segments: Segment[] = [{ start: 0, end: columns, length: scale, common: undefined }];
    for (const block of this.#blocks) {
      const start = segments.at(-1)?.end ?? 0;
      const sums = texts.map((text) => sumOfWords(block, this.#weigh(text)));
      const common = commonPart(block, sums);
      segments.push({ start, end: start + block.dimensions, length: scale * Math.sqrt(share), common });
    }
    this.#segments = segments;
    this.dimensions = segments.at(-1)?.end ?? columns;
  }

  /** What the space knows of a word; a word that was never met is rarer than all. */
  word(word: string): PlacedWord {
    const row = new Float32Array(this.dimensions);
    const number = this.#number.get(word);
    if (number !== undefined)
      row.set(this.#basis.subarray(number * this.#latent, (number + 1) * this.#latent));
    for (const [index, block] of this.#blocks.entries())
      unitRow(block, word, row.subarray(this.#segments[index + 1]?.start, this.#segments[index + 1]?.end));
    return { weight: this.#weightOf(word), row };
  }

  /**
   * Writes a text's vector, of length 1 at most: less where the word vectors know none of its words.
   * @param words its distinct words, with how often each stands
   */
  placeWords(words: Iterable<readonly [word: PlacedWord, times: number]>, into: Float32Array): void {
    into.fill(0);
    for (const [{ weight, row }, times] of words) {
      const factor = (1 + Math.log(times)) * weight;
      for (let k = 0; k < row.length; k++) into[k] = (into[k] ?? 0) + factor * (row[k] ?? 0);
    }
    for (const { start, end, length, common } of this.#segments) {
      const part = into.subarray(start, end);
      normalizeRow(part);
      if (common !== undefined) withoutCommonPart(part, common);
      for (let k = 0; k < part.length; k++) part[k] = (part[k] ?? 0) * length;
    }
  }

  place(text: readonly string[], into: Float32Array): void {
    const counts = new Map<string, number>();
    for (const word of text) counts.set(word, (counts.get(word) ?? 0) + 1);
    this.placeWords(
      Array.from(counts, ([word, times]): [PlacedWord, number] => [this.word(word), times]),
      into,
    );
  }

  rows(texts: readonly (readonly string[])[]): DenseRows {
    const { dimensions } = this;
    const data = new Float32Array(texts.length * dimensions);
    for (const [index, text] of texts.entries())
      this.place(text, data.subarray(index * dimensions, (index + 1) * dimensions));
    return { count: texts.length, dimensions, data };
  }

  /** (1 + ln tf) times the inverse document frequency of each word. */
  #weigh(text: readonly string[]): Map<string, number> {
    const counts = new Map<string, number>();
    for (const word of text) counts.set(word, (counts.get(word) ?? 0) + 1);
    for (const [word, count] of counts) counts.set(word, (1 + Math.log(count)) * this.#weightOf(word));
    return counts;
  }

  #weightOf(word: string): number {
    const number = this.#number.get(word);
    return number === undefined ? this.#unknownWeight : (this.#weights[number] ?? 0);
  }
}
