import type { Neighbours } from './nearestNeighbours';

/** An undirected weighted graph, both directions of every edge in it; self-loops count twice. */
interface Graph {
  readonly nodes: number;
  /** Edges of node n: from `starts[n]` to `starts[n + 1]`. */
  readonly starts: Int32Array;
  readonly targets: Int32Array;
  readonly weights: Float64Array;
}

const mostPasses = 50;
/** A gain below this is rounding. */
const leastGain = 1e-12;

function graphOf(nodes: number, edges: ReadonlyMap<number, number>): Graph {
  const starts = new Int32Array(nodes + 1);
  for (const key of edges.keys()) {
    const [a, b] = [Math.floor(key / nodes), key % nodes];
    starts[a + 1] = (starts[a + 1] ?? 0) + 1;
    if (a !== b) starts[b + 1] = (starts[b + 1] ?? 0) + 1;
  }
  for (let node = 0; node < nodes; node++) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0);
  const next = starts.slice();
  const targets = new Int32Array(starts[nodes] ?? 0);
  const weights = new Float64Array(targets.length);
  const add = (from: number, to: number, weight: number): void => {
    const place = next[from] ?? 0;
    targets[place] = to;
    weights[place] = weight;
    next[from] = place + 1;
  };
  for (const [key, weight] of edges) {
    const [a, b] = [Math.floor(key / nodes), key % nodes];
    add(a, b, a === b ? 2 * weight : weight);
    if (a !== b) add(b, a, weight);
  }
  return { nodes, starts, targets, weights };
}

/** Each pair of neighbours once, whichever of the two holds the other for near. */
function neighbourEdges({ most, rows, similarities }: Neighbours, nodes: number): Map<number, number> {
  const edges = new Map<number, number>();
  for (let node = 0; node < nodes; node++) {
    for (let place = node * most; place < (node + 1) * most; place++) {
      const other = rows[place] ?? -1;
      if (other < 0) break;
      edges.set(Math.min(node, other) * nodes + Math.max(node, other), similarities[place] ?? 0);
    }
  }
  return edges;
}

/** Moves nodes to the neighbouring community that gains most modularity until none gains; numbers of communities from 0. */
function moveNodes(graph: Graph): { of: Int32Array; communities: number } {
  const { nodes, starts, targets, weights } = graph;
  const degree = new Float64Array(nodes);
  for (let node = 0; node < nodes; node++) {
    for (let place = starts[node] ?? 0; place < (starts[node + 1] ?? 0); place++)
      degree[node] = (degree[node] ?? 0) + (weights[place] ?? 0);
  }
  const total = degree.reduce((sum, value) => sum + value, 0);
  const of = Int32Array.from({ length: nodes }, (_, node) => node);
  const sum = degree.slice();
  const links = new Float64Array(nodes);
  for (let pass = 0; pass < mostPasses; pass++) {
    let moved = 0;
    for (let node = 0; node < nodes; node++) {
      const own = of[node] ?? node;
      const met: number[] = [own];
      for (let place = starts[node] ?? 0; place < (starts[node + 1] ?? 0); place++) {
        const target = targets[place] ?? 0;
        if (target === node) continue;
        const community = of[target] ?? target;
        if ((links[community] ?? 0) === 0 && community !== own) met.push(community);
        links[community] = (links[community] ?? 0) + (weights[place] ?? 0);
      }
      const share = (degree[node] ?? 0) / total;
      sum[own] = (sum[own] ?? 0) - (degree[node] ?? 0);
      let best = own;
      let bestGain = (links[own] ?? 0) - share * (sum[own] ?? 0);
      for (const community of met) {
        const gain = (links[community] ?? 0) - share * (sum[community] ?? 0);
        const equal = Math.abs(gain - bestGain) <= leastGain;
        if (gain > bestGain + leastGain || (equal && best !== own && community < best)) {
          best = community;
          bestGain = gain;
        }
      }
      sum[best] = (sum[best] ?? 0) + (degree[node] ?? 0);
      of[node] = best;
      if (best !== own) moved++;
      for (const community of met) links[community] = 0;
    }
    if (moved === 0) break;
  }
  const numbers = new Map<number, number>();
  for (let node = 0; node < nodes; node++) {
    const community = of[node] ?? 0;
    if (!numbers.has(community)) numbers.set(community, numbers.size);
    of[node] = numbers.get(community) ?? 0;
  }
  return { of, communities: numbers.size };
}

function condense(graph: Graph, of: Int32Array, communities: number): Graph {
  const edges = new Map<number, number>();
  for (let node = 0; node < graph.nodes; node++) {
    for (let place = graph.starts[node] ?? 0; place < (graph.starts[node + 1] ?? 0); place++) {
      const a = of[node] ?? 0;
      const b = of[graph.targets[place] ?? 0] ?? 0;
      if (a > b) continue;
      const key = a * communities + b;
      const weight = graph.weights[place] ?? 0;
      edges.set(key, (edges.get(key) ?? 0) + (a === b ? weight / 2 : weight));
    }
  }
  return graphOf(communities, edges);
}

/**
 * Communities of the graph of nearest neighbours by the Louvain method: greedy modularity, level by level
 * (Blondel et al., 2008, J. Stat. Mech. P10008). How many there are comes out of the graph. Deterministic: nodes in their order.
 *
 * @returns for each of `nodes` the number of its community, from 0 in the order of their first node
 */
export function communitiesOf(neighbours: Neighbours, nodes: number): Int32Array {
  let graph = graphOf(nodes, neighbourEdges(neighbours, nodes));
  let result = Int32Array.from({ length: nodes }, (_, node) => node);
  while (graph.targets.length > 0) {
    const { of, communities } = moveNodes(graph);
    if (communities === graph.nodes) break;
    result = result.map((community) => of[community] ?? 0);
    graph = condense(graph, of, communities);
  }
  return result;
}
