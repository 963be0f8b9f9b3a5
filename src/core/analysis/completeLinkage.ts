/**
 * Agglomerative clustering with complete linkage, cut at `threshold`: within a group every two points are at most that far
 * apart. Nearest-neighbour chains (Murtagh, 1983, Computer Journal 26) make it quadratic; a point whose nearest
 * neighbour is beyond the threshold is done, because distances only grow. Ties go to the point that comes first.
 *
 * @param distance symmetric; called once for each pair of 0..count-1
 * @returns groups of point numbers, ascending, in the order of their first point
 */
export function completeLinkage(
  count: number,
  distance: (a: number, b: number) => number,
  threshold: number,
): number[][] {
  const distances = new Float32Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      const value = distance(a, b);
      distances[a * count + b] = value;
      distances[b * count + a] = value;
    }
  }
  const groups: number[][] = Array.from({ length: count }, (_, index) => [index]);
  const live = new Set<number>(groups.keys());
  const finished: number[][] = [];
  const chain: number[] = [];

  const nearest = (point: number, before: number | undefined): { other: number; at: number } => {
    let other = before ?? -1;
    let at = before === undefined ? Number.POSITIVE_INFINITY : (distances[point * count + before] ?? 0);
    for (const candidate of live) {
      const value = distances[point * count + candidate] ?? 0;
      if (candidate !== point && value < at) {
        at = value;
        other = candidate;
      }
    }
    return { other, at };
  };
  const merge = (kept: number, gone: number): void => {
    live.delete(gone);
    groups[kept] = [...(groups[kept] ?? []), ...(groups[gone] ?? [])];
    for (const other of live) {
      const farthest = Math.max(distances[kept * count + other] ?? 0, distances[gone * count + other] ?? 0);
      distances[kept * count + other] = farthest;
      distances[other * count + kept] = farthest;
    }
  };

  while (live.size > 0) {
    const tip = chain.at(-1) ?? live.values().next().value ?? 0;
    if (chain.length === 0) chain.push(tip);
    const before = chain.at(-2);
    const { other, at } = nearest(tip, before);
    if (other < 0 || at > threshold) {
      live.delete(tip);
      chain.pop();
      finished.push(groups[tip] ?? []);
    } else if (other === before) {
      chain.splice(-2);
      merge(Math.min(tip, other), Math.max(tip, other));
    } else chain.push(other);
  }
  return finished.map((group) => group.sort((a, b) => a - b)).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}
