/** A sparse vector: term numbers ascending, with their weights. */
export interface SparseVector {
  readonly terms: Int32Array;
  readonly weights: Float64Array;
}

export interface VectorSpace {
  /** Term by its number, in alphabetical order. */
  readonly vocabulary: readonly string[];
  readonly inverseFrequency: Float64Array;
  /** One unit vector a document; empty for a document without a known term. */
  readonly vectors: readonly SparseVector[];
}

/** In how many documents each word stands. */
export function documentFrequencies(documents: Iterable<readonly string[]>): Map<string, number> {
  const result = new Map<string, number>();
  for (const document of documents) {
    for (const word of new Set(document)) result.set(word, (result.get(word) ?? 0) + 1);
  }
  return result;
}

/**
 * ln((1 + n) / (1 + df)) + 1, with a background of `backgroundDocuments` documents without the word added to n: in a handful
 * of corrections the very word that recurs must not weigh like a stop word.
 */
export function inverseDocumentFrequency(documents: number, frequency: number): number {
  return Math.log((1 + documents + backgroundDocuments) / (1 + frequency)) + 1;
}

const backgroundDocuments = 100;

export function normalize(weights: Float64Array): Float64Array {
  let square = 0;
  for (const weight of weights) square += weight * weight;
  const norm = Math.sqrt(square);
  return norm === 0 ? weights : weights.map((weight) => weight / norm);
}

/** TF-IDF with (1 + ln tf) term weights and unit length. */
export function vectorSpace(documents: readonly (readonly string[])[]): VectorSpace {
  const frequencies = documentFrequencies(documents);
  const vocabulary = [...frequencies.keys()].sort();
  const number = new Map(vocabulary.map((word, index) => [word, index]));
  const inverseFrequency = Float64Array.from(vocabulary, (word) =>
    inverseDocumentFrequency(documents.length, frequencies.get(word) ?? 0),
  );
  const vectors = documents.map((document): SparseVector => {
    const counts = new Map<number, number>();
    for (const word of document) {
      const term = number.get(word);
      if (term !== undefined) counts.set(term, (counts.get(term) ?? 0) + 1);
    }
    const terms = Int32Array.from(counts.keys()).sort();
    const weights = Float64Array.from(
      terms,
      (term) => (1 + Math.log(counts.get(term) ?? 1)) * (inverseFrequency[term] ?? 0),
    );
    return { terms, weights: normalize(weights) };
  });
  return { vocabulary, inverseFrequency, vectors };
}
