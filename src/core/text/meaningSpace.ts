import { addRow, type DenseRows, normalizeRow } from './denseRows';
import { latentBasis, projectOnto } from './latentSpace';
import { type CommonPart, commonPart, sumOfWords, withoutCommonPart } from './meaningBlock';
import { documentFrequencies, inverseDocumentFrequency } from './vectorSpace';
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

/**
 * A space in which texts that speak of one thing lie close: what the texts themselves teach of which words go together
 * (latent semantic analysis over TF-IDF), joined to word vectors without their common part. Texts are bags of stems.
 */
export class MeaningSpace {
  readonly dimensions: number;
  readonly #number: ReadonlyMap<string, number>;
  readonly #weights: Float64Array;
  readonly #basis: Float32Array;
  readonly #latent: number;
  readonly #blocks: readonly { readonly block: VectorBlock; readonly common: CommonPart }[];
  readonly #documents: number;

  /** Learns from these texts. The same texts in the same order give the same space. */
  constructor(texts: readonly (readonly string[])[], wordVectors: WordVectors) {
    const frequencies = documentFrequencies(texts);
    const vocabulary = [...frequencies.keys()].sort();
    this.#documents = texts.length;
    this.#number = new Map(vocabulary.map((word, index) => [word, index]));
    this.#weights = Float64Array.from(vocabulary, (word) =>
      inverseDocumentFrequency(texts.length, frequencies.get(word) ?? 0),
    );
    const vectors = texts.map((text) => this.sparse(text));
    const { basis, columns } = latentBasis(vectors, vocabulary.length, latentDimensions(texts.length));
    this.#basis = basis;
    this.#latent = columns;
    this.#blocks = wordVectors.blocks.map((block) => ({
      block,
      common: commonPart(
        block,
        texts.map((text) => sumOfWords(block, this.weigh(text))),
      ),
    }));
    this.dimensions = columns + wordVectors.blocks.reduce((sum, block) => sum + block.dimensions, 0);
  }

  /** Weight of a word by how few texts hold it; a word that was never met is rarer than all. */
  weightOf(word: string): number {
    const number = this.#number.get(word);
    return number === undefined ? inverseDocumentFrequency(this.#documents, 0) : (this.#weights[number] ?? 0);
  }

  /** (1 + ln tf) times the inverse document frequency of each word. */
  weigh(text: readonly string[]): Map<string, number> {
    const counts = new Map<string, number>();
    for (const word of text) counts.set(word, (counts.get(word) ?? 0) + 1);
    for (const [word, count] of counts) counts.set(word, (1 + Math.log(count)) * this.weightOf(word));
    return counts;
  }

  /** TF-IDF vector over the words that the space was learnt from, of unit length. */
  sparse(text: readonly string[]): { readonly terms: Int32Array; readonly weights: Float64Array } {
    const known: [number, number][] = [];
    for (const [word, weight] of this.weigh(text)) {
      const number = this.#number.get(word);
      if (number !== undefined) known.push([number, weight]);
    }
    known.sort((a, b) => a[0] - b[0]);
    const norm = Math.sqrt(known.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
    return {
      terms: Int32Array.from(known, ([number]) => number),
      weights: Float64Array.from(known, ([, weight]) => weight / norm),
    };
  }

  /** Writes the text's vector, of length 1 at most: less where the word vectors know none of its words. */
  place(text: readonly string[], into: Float32Array): void {
    into.fill(0);
    const share = blockShare + shareOfFew / Math.max(1, this.#documents);
    const scale = 1 / Math.sqrt(1 + share * this.#blocks.length);
    const latent = into.subarray(0, this.#latent);
    projectOnto(this.#basis, this.#latent, this.sparse(text), latent);
    normalizeRow(latent);
    for (let k = 0; k < latent.length; k++) latent[k] = (latent[k] ?? 0) * scale;
    if (this.#blocks.length === 0) return;
    const weighed = this.weigh(text);
    let at = this.#latent;
    for (const { block, common } of this.#blocks) {
      const row = withoutCommonPart(sumOfWords(block, weighed), common);
      const target = into.subarray(at, at + block.dimensions);
      addRow(
        target,
        row.map((value) => value * Math.sqrt(share) * scale),
      );
      at += block.dimensions;
    }
  }

  rows(texts: readonly (readonly string[])[]): DenseRows {
    const { dimensions } = this;
    const data = new Float32Array(texts.length * dimensions);
    for (const [index, text] of texts.entries())
      this.place(text, data.subarray(index * dimensions, (index + 1) * dimensions));
    return { count: texts.length, dimensions, data };
  }
}
