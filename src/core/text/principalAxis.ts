import { dot, normalizeRow } from './denseRows';

/**
 * Direction in which rows vary most about `centre`, at right angles to the axes `without`: a principal component, by power
 * iteration from a fixed start, so that the same rows give the same axis. Zero where there is no such direction.
 */
export function principalAxis(
  rows: readonly Float32Array[],
  centre: Float32Array,
  rounds: number,
  without: readonly Float32Array[] = [],
): Float32Array {
  let axis = Float32Array.from(centre, (_, k) => 1 / (k + 1 + without.length));
  normalizeRow(axis);
  for (let round = 0; round < rounds; round++) {
    const next = new Float32Array(axis.length);
    const shift = dot(centre, axis);
    for (const row of rows) {
      const reach = dot(row, axis) - shift;
      for (let k = 0; k < next.length; k++)
        next[k] = (next[k] ?? 0) + reach * ((row[k] ?? 0) - (centre[k] ?? 0));
    }
    for (const former of without) {
      const reach = dot(next, former);
      for (let k = 0; k < next.length; k++) next[k] = (next[k] ?? 0) - reach * (former[k] ?? 0);
    }
    normalizeRow(next);
    axis = next;
  }
  return axis;
}

/** Mean of rows of so many dimensions; zero for none. */
export function meanRow(rows: readonly Float32Array[], dimensions: number): Float32Array {
  const mean = new Float32Array(dimensions);
  for (const row of rows) for (let k = 0; k < dimensions; k++) mean[k] = (mean[k] ?? 0) + (row[k] ?? 0);
  return mean.map((value) => value / Math.max(1, rows.length));
}
