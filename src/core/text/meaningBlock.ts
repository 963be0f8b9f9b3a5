import { dot, normalizeRow } from './denseRows';
import { meanRow, principalAxis } from './principalAxis';
import type { VectorBlock } from './wordVectors';

/** Texts at which what they have in common counts as much as what sentences at large have in common; well below, hardly. */
const evenWeight = 100;
const axisRounds = 20;

/** Weighted words of a text. */
export type WeightedWords = ReadonlyMap<string, number>;

/** Adds the word's vector at unit length to `into`; a word that is not known adds nothing. */
export function unitRow({ dimensions, data, rows }: VectorBlock, word: string, into: Float32Array): void {
  const row = rows.get(word);
  if (row === undefined) return;
  const start = row * dimensions;
  let square = 0;
  for (let k = 0; k < dimensions; k++) square += (data[start + k] ?? 0) ** 2;
  if (square === 0) return;
  const factor = 1 / Math.sqrt(square);
  for (let k = 0; k < dimensions; k++) into[k] = (into[k] ?? 0) + factor * (data[start + k] ?? 0);
}

/** Sum of the words' unit vectors by weight, as a unit vector; zero where no word is known. */
export function sumOfWords(block: VectorBlock, text: WeightedWords): Float32Array {
  const sum = new Float32Array(block.dimensions);
  const row = new Float32Array(block.dimensions);
  for (const [word, weight] of text) {
    row.fill(0);
    unitRow(block, word, row);
    for (let k = 0; k < row.length; k++) sum[k] = (sum[k] ?? 0) + weight * (row[k] ?? 0);
  }
  normalizeRow(sum);
  return sum;
}

/** Common part of texts: their mean, and the direction in which they vary most about it. */
export interface CommonPart {
  readonly centre: Float32Array;
  readonly axis: Float32Array;
}

/**
 * What these texts have in common, with that of sentences at large where they are few. Taking it out of sentence vectors is
 * what makes them tell texts apart (Arora, Liang and Ma, 2017, A Simple but Tough-to-Beat Baseline for Sentence Embeddings).
 */
export function commonPart(block: VectorBlock, rows: readonly Float32Array[]): CommonPart {
  const known = rows.filter((row) => row.some((value) => value !== 0));
  const own = meanRow(known, block.dimensions);
  const ownAxis = principalAxis(known, own, axisRounds);
  const trust = known.length ** 2 / (known.length ** 2 + evenWeight ** 2);
  const side = dot(ownAxis, Float32Array.from(block.axis)) < 0 ? -1 : 1;
  const axis = ownAxis.map((value, k) => trust * side * value + (1 - trust) * (block.axis[k] ?? 0));
  normalizeRow(axis);
  return {
    centre: own.map((value, k) => trust * value + (1 - trust) * (block.centre[k] ?? 0)),
    axis,
  };
}

/** Takes the common part out of a text's unit vector, which stays one; a text without a known word stays zero. */
export function withoutCommonPart(row: Float32Array, { centre, axis }: CommonPart): void {
  let square = 0;
  for (let k = 0; k < row.length; k++) square += (row[k] ?? 0) ** 2;
  if (square === 0) return;
  for (let k = 0; k < row.length; k++) row[k] = (row[k] ?? 0) - (centre[k] ?? 0);
  const reach = dot(row, axis);
  for (let k = 0; k < row.length; k++) row[k] = (row[k] ?? 0) - reach * (axis[k] ?? 0);
  normalizeRow(row);
}
