import { addRow, dot } from '../../text/denseRows';

const base = 0.1;
const slope = 1.2;
const most = 0.47;

/**
 * Mean similarity from which so many texts count as speaking of one thing. The mean of few pairs is an uncertain one, so that a
 * small group must be the more alike; a great one may be wide. One setting for long rambling messages and
 * for short questions: chosen where both kinds of labelled texts are grouped well.
 */
export function leastCoherence(size: number): number {
  return Math.min(most, base + slope / Math.sqrt(size));
}

/** Share of the group's mean similarity below which a member is an outlier that stays alone. */
export const leastTypical = 0.7;

/** The same share for a text that comes later: what a space was not learnt from lies somewhat farther from everything. */
const leastJoining = 0.5;

/** Rows added up: enough to know the mean similarity of all pairs of them, and that of a row to them. */
export class RowSum {
  readonly sum: Float32Array;
  count = 0;
  /** Sum of the rows' scalar products with themselves. */
  own = 0;
  /** The sum's scalar product with itself. */
  #square = 0;

  constructor(dimensions: number) {
    this.sum = new Float32Array(dimensions);
  }

  add(row: Float32Array): this {
    const own = dot(row, row);
    this.#square += 2 * dot(this.sum, row) + own;
    addRow(this.sum, row);
    this.own += own;
    this.count++;
    return this;
  }

  /** Mean of the scalar products of all pairs; 1 for fewer than two rows. */
  coherence(): number {
    if (this.count < 2) return 1;
    return (this.#square - this.own) / (this.count * (this.count - 1));
  }

  isCoherent(): boolean {
    return this.coherence() >= leastCoherence(this.count);
  }

  /** Mean similarity of a row outside the sum to the rows in it. */
  similarity(row: Float32Array): number {
    return dot(this.sum, row) / Math.max(1, this.count);
  }

  /** Mean similarity of a row of the sum to the others in it; 1 for the only one. */
  typicality(row: Float32Array): number {
    return this.count < 2 ? 1 : (dot(this.sum, row) - dot(row, row)) / (this.count - 1);
  }

  /**
   * Would it be coherent with a row, and the row no outlier?
   * @param similarity the row's mean similarity to the rows in the sum
   */
  admits(similarity: number): boolean {
    if (this.count > 1 && similarity < leastJoining * this.coherence()) return false;
    const size = this.count + 1;
    const pairs = this.#square - this.own + 2 * similarity * this.count;
    return pairs / (size * (size - 1)) >= leastCoherence(size);
  }
}
