import type { SparseVector } from './vectorSpace';

/** Row-major dense matrix. */
export interface Dense {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

const rounds = 6;
/** Documents that the subspace is learnt from at most; the others are projected onto it. */
const mostLearnt = 20_000;

/** Numerical Recipes' linear congruential generator: a fixed start, so that the same documents give the same space. */
function startingMatrix(rows: number, columns: number): Float64Array {
  let state = 12_345;
  return Float64Array.from({ length: rows * columns }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** Makes the columns orthonormal, in place (modified Gram-Schmidt on the transpose's rows). */
function orthonormalize(columnsAsRows: Float64Array, count: number, length: number): void {
  for (let i = 0; i < count; i++) {
    const row = columnsAsRows.subarray(i * length, (i + 1) * length);
    for (let j = 0; j < i; j++) {
      const former = columnsAsRows.subarray(j * length, (j + 1) * length);
      let product = 0;
      for (let k = 0; k < length; k++) product += (row[k] ?? 0) * (former[k] ?? 0);
      for (let k = 0; k < length; k++) row[k] = (row[k] ?? 0) - product * (former[k] ?? 0);
    }
    let square = 0;
    for (const value of row) square += value * value;
    const norm = Math.sqrt(square);
    for (let k = 0; k < length; k++) row[k] = norm > 1e-9 ? (row[k] ?? 0) / norm : 0;
  }
}

function transpose(data: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) result[j * rows + i] = data[i * columns + j] ?? 0;
  }
  return result;
}

/** documents x terms times terms x columns. */
function project(vectors: readonly SparseVector[], basis: Float64Array, columns: number): Float64Array {
  const result = new Float64Array(vectors.length * columns);
  for (const [row, vector] of vectors.entries()) {
    const target = row * columns;
    for (const [index, term] of vector.terms.entries()) {
      const weight = vector.weights[index] ?? 0;
      const source = term * columns;
      for (let c = 0; c < columns; c++) {
        result[target + c] = (result[target + c] ?? 0) + weight * (basis[source + c] ?? 0);
      }
    }
  }
  return result;
}

/** Transposed documents x terms times documents x columns. */
function projectBack(
  vectors: readonly SparseVector[],
  image: Float64Array,
  columns: number,
  terms: number,
): Float64Array {
  const result = new Float64Array(terms * columns);
  for (const [row, vector] of vectors.entries()) {
    const source = row * columns;
    for (const [index, term] of vector.terms.entries()) {
      const weight = vector.weights[index] ?? 0;
      const target = term * columns;
      for (let c = 0; c < columns; c++) {
        result[target + c] = (result[target + c] ?? 0) + weight * (image[source + c] ?? 0);
      }
    }
  }
  return result;
}

/**
 * Latent semantic analysis: the documents' unit vectors in the space of the strongest `dimensions` singular vectors, by
 * orthogonal iteration (Golub and Van Loan, Matrix Computations, 8.2) from a fixed start. A document without terms
 * becomes the zero vector.
 */
export function latentSpace(vectors: readonly SparseVector[], terms: number, dimensions: number): Dense {
  const columns = Math.min(dimensions, terms, vectors.length);
  const stride = Math.ceil(vectors.length / mostLearnt);
  const learnt = stride <= 1 ? vectors : vectors.filter((_, index) => index % stride === 0);
  let basis = startingMatrix(terms, columns);
  for (let round = 0; round < rounds; round++) {
    const image = project(learnt, basis, columns);
    const rows = transpose(projectBack(learnt, image, columns, terms), terms, columns);
    orthonormalize(rows, columns, terms);
    basis = transpose(rows, columns, terms);
  }
  const data = project(vectors, basis, columns);
  for (let row = 0; row < vectors.length; row++) normalizeRow(data.subarray(row * columns, (row + 1) * columns));
  return { rows: vectors.length, columns, data };
}

function normalizeRow(row: Float64Array): void {
  let square = 0;
  for (const value of row) square += value * value;
  const norm = Math.sqrt(square);
  if (norm === 0) return;
  for (let k = 0; k < row.length; k++) row[k] = (row[k] ?? 0) / norm;
}
