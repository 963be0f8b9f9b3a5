import { dot, normalizeRow } from '../../text/denseRows';
import { meanRow, principalAxis } from '../../text/principalAxis';

const rounds = 30;

/**
 * Places on a map by the two strongest principal components of these vectors' directions, each coordinate in [-1, 1]: what
 * is near is alike, as far as two dimensions can show it. Source: Pearson (1901), Philosophical Magazine 2.
 */
export function clusterMap(centres: readonly Float32Array[]): [number, number][] {
  const rows = centres.map((centre) => {
    const row = centre.slice();
    normalizeRow(row);
    return row;
  });
  const mean = meanRow(rows, rows[0]?.length ?? 0);
  const first = principalAxis(rows, mean, rounds);
  const second = principalAxis(rows, mean, rounds, [first]);
  const [left, down] = [dot(mean, first), dot(mean, second)];
  const places = rows.map((row): [number, number] => [dot(row, first) - left, dot(row, second) - down]);
  const reach = (axis: 0 | 1): number =>
    places.reduce((most, place) => Math.max(most, Math.abs(place[axis])), 1e-9);
  const [across, up] = [reach(0), reach(1)];
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  return places.map(([x, y]) => [round(x / across), round(y / up)]);
}
