import { type DenseRows, rowDot } from '../../text/denseRows';

/** For each row its nearest others, the nearest first. */
export interface Neighbours {
  /** Neighbours kept for a row. */
  readonly most: number;
  /** Row numbers, `most` a row; -1 where there are fewer. */
  readonly rows: Int32Array;
  /** Their scalar products with the row. */
  readonly similarities: Float32Array;
}

/** Rows that stay in the processor's cache while all others are compared with them. */
const blockRows = 128;

/**
 * The `most` nearest rows of each by scalar product, exact: every pair is looked at. Only pairs at `least` or above count.
 * Ties go to the row that comes first.
 */
export function nearestNeighbours(space: DenseRows, most: number, least: number): Neighbours {
  const { count, dimensions, data } = space;
  const rows = new Int32Array(count * most).fill(-1);
  const similarities = new Float32Array(count * most).fill(Number.NEGATIVE_INFINITY);
  const offer = (row: number, other: number, similarity: number): void => {
    const start = row * most;
    let place = start + most - 1;
    if (similarity <= (similarities[place] ?? 0)) return;
    while (place > start && similarity > (similarities[place - 1] ?? 0)) {
      similarities[place] = similarities[place - 1] ?? 0;
      rows[place] = rows[place - 1] ?? -1;
      place--;
    }
    similarities[place] = similarity;
    rows[place] = other;
  };
  const compare = (row: number, from: number, to: number): void => {
    for (let other = from; other < to; other++) {
      const similarity = rowDot(data, dimensions, row, other);
      if (similarity < least) continue;
      offer(row, other, similarity);
      offer(other, row, similarity);
    }
  };
  for (let block = 0; block < count; block += blockRows) {
    const end = Math.min(count, block + blockRows);
    for (let row = block + 1; row < count; row++) compare(row, block, Math.min(row, end));
  }
  return { most, rows, similarities };
}
