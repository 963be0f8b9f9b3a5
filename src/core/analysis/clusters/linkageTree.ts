/** A node of a dendrogram: a point, or two nodes that were merged. */
export type LinkageNode =
  | { readonly point: number }
  | { readonly left: LinkageNode; readonly right: LinkageNode };

export function pointsOf(node: LinkageNode): number[] {
  const result: number[] = [];
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if ('point' in next) result.push(next.point);
    else open.push(next.right, next.left);
  }
  return result;
}

/**
 * The whole dendrogram of complete linkage by nearest-neighbour chains (Murtagh, 1983, Computer Journal 26): quadratic in
 * time and memory. Ties go to the point that comes first.
 *
 * @param similarity symmetric; called once for each pair of 0..count-1
 * @param count 1 or more
 */
export function completeLinkageTree(
  count: number,
  similarity: (a: number, b: number) => number,
): LinkageNode {
  const table = new Float32Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      const value = similarity(a, b);
      table[a * count + b] = value;
      table[b * count + a] = value;
    }
  }
  const nodes: LinkageNode[] = Array.from({ length: count }, (_, point) => ({ point }));
  const live = Array.from({ length: count }, (_, point) => point);
  const chain: number[] = [];
  while (live.length > 1) {
    if (chain.length === 0) chain.push(live[0] ?? 0);
    const tip = chain.at(-1) ?? 0;
    const before = chain.at(-2);
    let other = before ?? -1;
    let nearest = before === undefined ? Number.NEGATIVE_INFINITY : (table[tip * count + before] ?? 0);
    for (const candidate of live) {
      const value = table[tip * count + candidate] ?? 0;
      if (candidate !== tip && value > nearest) {
        nearest = value;
        other = candidate;
      }
    }
    if (other !== before) {
      chain.push(other);
      continue;
    }
    chain.length -= 2;
    const [kept, gone] = tip < other ? [tip, other] : [other, tip];
    live.splice(live.indexOf(gone), 1);
    nodes[kept] = { left: nodes[kept] ?? { point: kept }, right: nodes[gone] ?? { point: gone } };
    for (const third of live) {
      const farthest = Math.min(table[kept * count + third] ?? 0, table[gone * count + third] ?? 0);
      table[kept * count + third] = farthest;
      table[third * count + kept] = farthest;
    }
  }
  return nodes[live[0] ?? 0] ?? { point: 0 };
}
