import { type DenseRows, rowDot, rowDots } from '../../text/denseRows';

/** For each row its nearest others, the nearest first. */
export interface Neighbours {
  /** Neighbours kept for a row. */
  readonly most: number;
  /** Row numbers, `most` a row; -1 where there are fewer. */
  readonly rows: Int32Array;
  /** Their scalar products with the row. */
  readonly similarities: Float32Array;
}

/** Rows that stay in the processor's cache while all others are compared with them; even. */
const blockRows = 128;

/**
 * The `most` nearest rows of each by scalar product, exact: every pair is looked at. Only pairs at `least` or above count.
 * Ties go to the row that was compared first.
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
  const pair = (row: number, other: number, similarity: number): void => {
    if (similarity < least) return;
    offer(row, other, similarity);
    offer(other, row, similarity);
  };
  const four = new Float64Array(4);
  for (let block = 0; block < count; block += blockRows) {
    const end = Math.min(count, block + blockRows);
    for (let row = block; row < count; row += 2) {
      const two = row + 1 < count;
      if (two && row < end) pair(row + 1, row, rowDot(data, dimensions, row + 1, row));
      // Two rows with two others at once: each number that is loaded serves twice.
      for (let other = block; other < Math.min(row, end); other += 2) {
        if (two && other + 1 < end) {
          rowDots(data, dimensions, row, other, four);
          pair(row, other, four[0] ?? 0);
          pair(row, other + 1, four[1] ?? 0);
          pair(row + 1, other, four[2] ?? 0);
          pair(row + 1, other + 1, four[3] ?? 0);
          continue;
        }
        for (const a of two ? [row, row + 1] : [row])
          for (const b of other + 1 < end ? [other, other + 1] : [other])
            pair(a, b, rowDot(data, dimensions, a, b));
      }
    }
  }
  return { most, rows, similarities };
}
