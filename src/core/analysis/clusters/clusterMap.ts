import { dot, normalizeRow } from '../../text/denseRows';

const rounds = 30;

/** Strongest direction of the rows by power iteration from a fixed start, at right angles to `without`. */
function axisOf(
  rows: readonly Float32Array[],
  dimensions: number,
  without: readonly Float32Array[],
): Float32Array {
  let axis = Float32Array.from({ length: dimensions }, (_, k) => 1 / (k + 1 + without.length));
  for (let round = 0; round < rounds; round++) {
    const next = new Float32Array(dimensions);
    for (const row of rows) {
      const reach = dot(row, axis);
      for (let k = 0; k < dimensions; k++) next[k] = (next[k] ?? 0) + reach * (row[k] ?? 0);
    }
    for (const former of without) {
      const reach = dot(next, former);
      for (let k = 0; k < dimensions; k++) next[k] = (next[k] ?? 0) - reach * (former[k] ?? 0);
    }
    normalizeRow(next);
    axis = next;
  }
  return axis;
}

/**
 * Places on a map by the two strongest principal components of these vectors' directions, each coordinate in [-1, 1]: what
 * is near is alike, as far as two dimensions can show it. Source: Pearson (1901), Philosophical Magazine 2.
 */
export function clusterMap(centres: readonly Float32Array[]): [number, number][] {
  const dimensions = centres[0]?.length ?? 0;
  const rows = centres.map((centre) => {
    const row = centre.slice();
    normalizeRow(row);
    return row;
  });
  const mean = new Float32Array(dimensions);
  for (const row of rows)
    for (let k = 0; k < dimensions; k++) mean[k] = (mean[k] ?? 0) + (row[k] ?? 0) / rows.length;
  for (const row of rows) for (let k = 0; k < dimensions; k++) row[k] = (row[k] ?? 0) - (mean[k] ?? 0);
  const first = axisOf(rows, dimensions, []);
  const second = axisOf(rows, dimensions, [first]);
  const places = rows.map((row): [number, number] => [dot(row, first), dot(row, second)]);
  const reach = (axis: 0 | 1): number =>
    places.reduce((most, place) => Math.max(most, Math.abs(place[axis])), 1e-9);
  const [across, up] = [reach(0), reach(1)];
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  return places.map(([x, y]) => [round(x / across), round(y / up)]);
}
