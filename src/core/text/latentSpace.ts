import type { SparseVector } from './vectorSpace';

const rounds = 4;

/** Numerical Recipes' linear congruential generator: a fixed start, so that the same documents give the same space. */
function startingMatrix(size: number): Float32Array {
  let state = 12_345;
  const result = new Float32Array(size);
  for (let k = 0; k < size; k++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    result[k] = state / 2 ** 31 - 1;
  }
  return result;
}

/** Makes the rows of a columns x length matrix orthonormal (modified Gram-Schmidt). A dependent row becomes zero. */
function orthonormalize(matrix: Float32Array, columns: number, length: number): void {
  const row = (index: number): Float32Array => matrix.subarray(index * length, (index + 1) * length);
  for (let i = 0; i < columns; i++) {
    const own = row(i);
    for (let j = 0; j < i; j++) {
      const former = row(j);
      let product = 0;
      for (let k = 0; k < length; k++) product += (own[k] ?? 0) * (former[k] ?? 0);
      for (let k = 0; k < length; k++) own[k] = (own[k] ?? 0) - product * (former[k] ?? 0);
    }
    let square = 0;
    for (let k = 0; k < length; k++) square += (own[k] ?? 0) ** 2;
    const factor = square > 1e-9 ? 1 / Math.sqrt(square) : 0;
    for (let k = 0; k < length; k++) own[k] = (own[k] ?? 0) * factor;
  }
}

function transpose(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(matrix.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++)
      result[column * rows + row] = matrix[row * columns + column] ?? 0;
  }
  return result;
}

/** Adds the coordinates of a document to `into`. `basis` is terms x columns, row by row. */
export function projectOnto(
  basis: Float32Array,
  columns: number,
  { terms, weights }: SparseVector,
  into: Float32Array,
): void {
  for (let index = 0; index < terms.length; index++) {
    const weight = weights[index] ?? 0;
    const start = (terms[index] ?? 0) * columns;
    for (let k = 0; k < columns; k++) into[k] = (into[k] ?? 0) + weight * (basis[start + k] ?? 0);
  }
}

export interface LatentBasis {
  /** Row-major terms x columns. */
  readonly basis: Float32Array;
  readonly columns: number;
}

/**
 * Latent semantic analysis: an orthonormal basis of about the strongest `dimensions` right singular vectors of the documents x terms matrix,
 * by orthogonal iteration from a fixed start (Golub and Van Loan, Matrix Computations, 8.2). Cosines between
 * projected documents do not depend on which basis of that space it is.
 */
export function latentBasis(
  vectors: readonly SparseVector[],
  terms: number,
  dimensions: number,
): LatentBasis {
  const columns = Math.min(dimensions, terms, vectors.length);
  let basis = startingMatrix(terms * columns);
  const image = new Float32Array(columns);
  for (let round = 0; round < rounds; round++) {
    const next = new Float32Array(terms * columns);
    for (const vector of vectors) {
      image.fill(0);
      projectOnto(basis, columns, vector, image);
      for (let index = 0; index < vector.terms.length; index++) {
        const weight = vector.weights[index] ?? 0;
        const start = (vector.terms[index] ?? 0) * columns;
        for (let k = 0; k < columns; k++) next[start + k] = (next[start + k] ?? 0) + weight * (image[k] ?? 0);
      }
    }
    const columnRows = transpose(next, terms, columns);
    orthonormalize(columnRows, columns, terms);
    basis = transpose(columnRows, columns, terms);
  }
  return { basis, columns };
}
