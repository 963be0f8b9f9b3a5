/**
 * The value of rank `rank` (from 0) in ascending order, in time proportional to the length on average; reorders `values`,
 * so that nothing before the rank is larger and nothing after it smaller. Source: Hoare (1961), Algorithm 65: Find.
 */
export function orderStatistic(values: Float64Array, rank: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = values[(left + right) >> 1] ?? 0;
    let i = left;
    let j = right;
    while (i <= j) {
      while ((values[i] ?? pivot) < pivot) i++;
      while ((values[j] ?? pivot) > pivot) j--;
      if (i > j) break;
      const swapped = values[i] ?? pivot;
      values[i++] = values[j] ?? pivot;
      values[j--] = swapped;
    }
    if (rank <= j) right = j;
    else if (rank >= i) left = i;
    else break;
  }
  return values[rank] ?? Number.NaN;
}
