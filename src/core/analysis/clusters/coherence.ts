import { addRow, type DenseRows, dot, rowOf } from '../../text/denseRows';

/** Mean of the scalar products of all pairs of these rows; 1 for fewer than two. */
export function meanSimilarity(space: DenseRows, members: readonly number[]): number {
  if (members.length < 2) return 1;
  const sum = new Float32Array(space.dimensions);
  let own = 0;
  for (const member of members) {
    const row = rowOf(space, member);
    own += dot(row, row);
    addRow(sum, row);
  }
  return (dot(sum, sum) - own) / (members.length * (members.length - 1));
}

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
