/** A row of a sparse matrix. */
export interface Sparse {
  readonly terms: readonly number[];
  readonly weights: readonly number[];
}

const rounds = 12;

function start(size: number): Float64Array {
  let state = 12_345;
  return Float64Array.from({ length: size }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] ?? 0) * (b[k] ?? 0);
  return sum;
}

function orthonormalize(columns: readonly Float64Array[]): void {
  for (const [i, column] of columns.entries()) {
    for (const former of columns.slice(0, i)) {
      const product = dot(column, former);
      for (let k = 0; k < column.length; k++) column[k] = (column[k] ?? 0) - product * (former[k] ?? 0);
    }
    const norm = Math.sqrt(dot(column, column)) || 1;
    for (let k = 0; k < column.length; k++) column[k] = (column[k] ?? 0) / norm;
  }
}

export function project({ terms, weights }: Sparse, basis: readonly Float64Array[]): Float64Array {
  return Float64Array.from(basis, (column) =>
    terms.reduce((sum, term, index) => sum + (weights[index] ?? 0) * (column[term] ?? 0), 0),
  );
}

/**
 * The strongest right singular vectors of a sparse matrix, the strongest first, by orthogonal iteration from a fixed start
 * (Golub and Van Loan, Matrix Computations, 8.2).
 */
export function basisOf(rows: readonly Sparse[], terms: number, dimensions: number): Float64Array[] {
  const columns = Array.from({ length: dimensions }, (_, k) => start(terms * (k + 1)).slice(terms * k));
  for (let round = 0; round < rounds; round++) {
    orthonormalize(columns);
    const images = rows.map((row) => project(row, columns));
    for (const column of columns) column.fill(0);
    for (const [index, { terms: own, weights }] of rows.entries()) {
      const image = images[index];
      for (const [at, term] of own.entries()) {
        for (const [k, column] of columns.entries())
          column[term] = (column[term] ?? 0) + (weights[at] ?? 0) * (image?.[k] ?? 0);
      }
    }
  }
  orthonormalize(columns);
  return columns;
}

/** Length of the image of each basis vector: the singular values, where the iteration has converged. */
export function singularValues(rows: readonly Sparse[], basis: readonly Float64Array[]): number[] {
  const squares = basis.map(() => 0);
  for (const row of rows) {
    for (const [k, value] of project(row, basis).entries()) squares[k] = (squares[k] ?? 0) + value * value;
  }
  return squares.map(Math.sqrt);
}
