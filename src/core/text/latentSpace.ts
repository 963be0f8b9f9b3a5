import type { SparseVector } from './vectorSpace';

/** Row-major dense matrix. */
export interface Dense {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

const rounds = 3;
/** Documents that the subspace is learnt from at most; the others are projected onto it. */
const mostLearnt = 20_000;

/** Cosine of two rows of unit length. */
export function denseCosine(matrix: Dense, a: number, b: number): number {
  const { columns, data } = matrix;
  const startA = a * columns;
  const startB = b * columns;
  let sum = 0;
  for (let c = 0; c < columns; c++) sum += (data[startA + c] ?? 0) * (data[startB + c] ?? 0);
  return sum;
}

/** Numerical Recipes' linear congruential generator: a fixed start, so that the same documents give the same space. */
function startingMatrix(size: number): Float64Array {
  let state = 12_345;
  return Float64Array.from({ length: size }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

function scale(row: Float64Array, least: number): void {
  let square = 0;
  for (const value of row) square += value * value;
  const factor = square > least ? 1 / Math.sqrt(square) : 0;
  for (let k = 0; k < row.length; k++) row[k] = (row[k] ?? 0) * factor;
}

/** Makes the columns of a rows x columns matrix orthonormal (modified Gram-Schmidt). A dependent column becomes zero. */
function orthonormalize(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const vectors = Array.from({ length: columns }, (_, column) =>
    Float64Array.from({ length: rows }, (_, row) => matrix[row * columns + column] ?? 0),
  );
  for (const [i, vector] of vectors.entries()) {
    for (const former of vectors.slice(0, i)) {
      let product = 0;
      for (let k = 0; k < rows; k++) product += (vector[k] ?? 0) * (former[k] ?? 0);
      for (let k = 0; k < rows; k++) vector[k] = (vector[k] ?? 0) - product * (former[k] ?? 0);
    }
    scale(vector, 1e-18);
  }
  const result = new Float64Array(matrix.length);
  for (const [column, vector] of vectors.entries()) {
    for (let row = 0; row < rows; row++) result[row * columns + column] = vector[row] ?? 0;
  }
  return result;
}

/** (documents x terms) times (terms x columns), or with `back` the transpose times (documents x columns). */
function multiply(
  vectors: readonly SparseVector[],
  factor: Float64Array,
  columns: number,
  rows: number,
  back: boolean,
): Float64Array {
  const result = new Float64Array(rows * columns);
  for (const [document, vector] of vectors.entries()) {
    for (let index = 0; index < vector.terms.length; index++) {
      const weight = vector.weights[index] ?? 0;
      const term = vector.terms[index] ?? 0;
      const source = (back ? document : term) * columns;
      const target = (back ? term : document) * columns;
      for (let c = 0; c < columns; c++) {
        result[target + c] = (result[target + c] ?? 0) + weight * (factor[source + c] ?? 0);
      }
    }
  }
  return result;
}

/**
 * Latent semantic analysis: the documents' unit vectors in the space of about the strongest `dimensions` singular vectors, by
 * orthogonal iteration (Golub and Van Loan, Matrix Computations, 8.2) from a fixed start, on the side of the
 * documents. A document without terms becomes the zero vector.
 */
export function latentSpace(vectors: readonly SparseVector[], terms: number, dimensions: number): Dense {
  const columns = Math.min(dimensions, terms, vectors.length);
  const stride = Math.ceil(vectors.length / mostLearnt);
  const learnt = stride <= 1 ? vectors : vectors.filter((_, index) => index % stride === 0);
  let image = startingMatrix(learnt.length * columns);
  for (let round = 0; round < rounds; round++) {
    const basis = multiply(learnt, orthonormalize(image, learnt.length, columns), columns, terms, true);
    image = multiply(learnt, basis, columns, learnt.length, false);
  }
  const basis = orthonormalize(multiply(learnt, image, columns, terms, true), terms, columns);
  const data = multiply(vectors, basis, columns, vectors.length, false);
  for (let row = 0; row < vectors.length; row++) scale(data.subarray(row * columns, (row + 1) * columns), 0);
  return { rows: vectors.length, columns, data };
}
