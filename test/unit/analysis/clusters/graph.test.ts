import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { communitiesOf } from '../../../../src/core/analysis/clusters/communities';
import {
  completeLinkageTree,
  type LinkageNode,
  pointsOf,
} from '../../../../src/core/analysis/clusters/linkageTree';
import { type Neighbours, nearestNeighbours } from '../../../../src/core/analysis/clusters/nearestNeighbours';
import type { DenseRows } from '../../../../src/core/text/denseRows';

type Edge = readonly [a: number, b: number];

function graphOf(nodes: number, edges: readonly Edge[]): Neighbours {
  const of: number[][] = Array.from({ length: nodes }, () => []);
  for (const [a, b] of edges) of[a]?.push(b);
  const most = Math.max(1, ...of.map((others) => others.length));
  const rows = new Int32Array(nodes * most).fill(-1);
  const similarities = new Float32Array(nodes * most);
  for (const [node, others] of of.entries()) {
    for (const [place, other] of others.entries()) {
      rows[node * most + place] = other;
      similarities[node * most + place] = 1;
    }
  }
  return { most, rows, similarities };
}

/** Newman's modularity of a partition of an unweighted graph. */
function modularity(edges: readonly Edge[], of: Int32Array): number {
  const degrees = new Map<number, number>();
  let inside = 0;
  for (const [a, b] of edges) {
    for (const node of [a, b]) degrees.set(of[node] ?? -1, (degrees.get(of[node] ?? -1) ?? 0) + 1);
    if (of[a] === of[b]) inside++;
  }
  let expected = 0;
  for (const degree of degrees.values()) expected += (degree / (2 * edges.length)) ** 2;
  return inside / edges.length - expected;
}

function clique(from: number, size: number): Edge[] {
  const nodes = Array.from({ length: size }, (_, index) => from + index);
  return nodes.flatMap((a) => nodes.filter((b) => b > a).map((b) => [a, b] as const));
}

/** Friendships in a karate club, members numbered from 0 (Zachary, 1977, Journal of Anthropological Research 33). */
const karateFriends: readonly (readonly number[])[] = [
  [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31],
  [2, 3, 7, 13, 17, 19, 21, 30],
  [3, 7, 8, 9, 13, 27, 28, 32],
  [7, 12, 13],
  [6, 10],
  [6, 10, 16],
  [16],
  [],
  [30, 32, 33],
  [33],
  ...Array.from({ length: 3 }, () => []),
  [33],
  [32, 33],
  [32, 33],
  [],
  [],
  [32, 33],
  [33],
  [32, 33],
  [],
  [32, 33],
  [25, 27, 29, 32, 33],
  [25, 27, 31],
  [31],
  [29, 33],
  [33],
  [31, 33],
  [32, 33],
  [32, 33],
  [32, 33],
  [33],
  [],
];
const karate = karateFriends.flatMap((friends, member) => friends.map((friend): Edge => [member, friend]));

describe('communities', () => {
  it('are the cliques where a single edge joins two', () => {
    const of = communitiesOf(graphOf(10, [...clique(0, 5), ...clique(5, 5), [4, 5]]), 10);
    expect([...of]).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
  });

  it('of thirty cliques in a ring join no more than neighbours', () => {
    const ring = Array.from({ length: 30 }, (_, index): Edge[] => [
      ...clique(5 * index, 5),
      [5 * index + 4, (5 * index + 5) % 150],
    ]).flat();
    const of = communitiesOf(graphOf(150, ring), 150);
    for (let index = 0; index < 30; index++) expect(new Set(of.slice(5 * index, 5 * index + 5)).size).toBe(1);
    expect(modularity(ring, of)).toBeGreaterThan(0.87);
  });

  it('of the karate club have a modularity of 0.41 or more, and 0.4198 is the most there is', () => {
    expect(karate).toHaveLength(78);
    const reached = modularity(karate, communitiesOf(graphOf(34, karate), 34));
    expect(reached).toBeGreaterThanOrEqual(0.41);
    expect(reached).toBeLessThan(0.4199);
  });

  it('are numbered in the order of their first node, and a node without an edge is alone', () => {
    const node = fc.integer({ min: 0, max: 11 });
    fc.assert(
      fc.property(fc.array(fc.tuple(node, node)), (some) => {
        const edges = some.filter(([a, b]) => a !== b && a < 10 && b < 10);
        const of = communitiesOf(graphOf(12, edges), 12);
        let next = 0;
        for (const community of of) {
          expect(community).toBeLessThanOrEqual(next);
          if (community === next) next++;
        }
        expect(of.filter((community) => community === of[11])).toHaveLength(1);
        // Alone, all nodes have a modularity of at most 0; moving them only gains.
        const unique = [
          ...new Map(
            edges.map(([a, b]) => [`${Math.min(a, b)} ${Math.max(a, b)}`, [a, b] as const]),
          ).values(),
        ];
        if (unique.length > 0)
          expect(modularity(unique, of)).toBeGreaterThanOrEqual(
            modularity(
              unique,
              Int32Array.from({ length: 12 }, (_, index) => index),
            ),
          );
      }),
    );
  });
});

const value = fc.integer({ min: -20, max: 20 });

function spaceOf(rows: readonly (readonly number[])[]): DenseRows {
  return { count: rows.length, dimensions: 5, data: Float32Array.from(rows.flat()) };
}
const rowsOf = (most: number) =>
  fc.array(fc.array(value, { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: most });
const product = (a: readonly number[] = [], b: readonly number[] = []): number =>
  a.reduce((sum, each, index) => sum + each * (b[index] ?? 0), 0);

describe('nearest neighbours', () => {
  it('are those that looking at every pair gives, also beyond a block', () => {
    fc.assert(
      fc.property(rowsOf(40), fc.integer({ min: 1, max: 4 }), (some, most) => {
        const rows = some.length > 20 ? Array.from({ length: 8 }, () => some).flat() : some;
        const found = nearestNeighbours(spaceOf(rows), most, 0);
        for (const [index, row] of rows.entries()) {
          const expected = rows
            .map((other, place) => ({ place, similarity: product(row, other) }))
            .filter(({ place, similarity }) => place !== index && similarity >= 0)
            .sort((a, b) => b.similarity - a.similarity || a.place - b.place)
            .slice(0, most);
          const places = [...found.rows.slice(index * most, (index + 1) * most)];
          expect(places.filter((place) => place >= 0)).toHaveLength(expected.length);
          const similarities = places.filter((place) => place >= 0).map((place) => product(row, rows[place]));
          expect(similarities).toEqual(expected.map(({ similarity }) => similarity));
          expect(new Set(places.filter((place) => place >= 0)).size).toBe(expected.length);
          expect(places).not.toContain(index);
        }
      }),
      { numRuns: 40 },
    );
  });
});

/** Heights at which complete linkage merges: the two nearest groups, again and again. */
function naiveHeights(count: number, similarity: (a: number, b: number) => number): number[] {
  let groups = Array.from({ length: count }, (_, point) => [point]);
  const heights: number[] = [];
  while (groups.length > 1) {
    let best = { a: 0, b: 1, height: Number.NEGATIVE_INFINITY };
    for (const [a, first] of groups.entries()) {
      for (let b = a + 1; b < groups.length; b++) {
        const height = Math.min(...first.flatMap((x) => (groups[b] ?? []).map((y) => similarity(x, y))));
        if (height > best.height) best = { a, b, height };
      }
    }
    heights.push(best.height);
    const merged = [...(groups[best.a] ?? []), ...(groups[best.b] ?? [])];
    groups = [...groups.filter((_, index) => index !== best.a && index !== best.b), merged];
  }
  return heights.sort((a, b) => b - a);
}

function heightsOf(node: LinkageNode, similarity: (a: number, b: number) => number): number[] {
  if ('point' in node) return [];
  const height = Math.min(
    ...pointsOf(node.left).flatMap((x) => pointsOf(node.right).map((y) => similarity(x, y))),
  );
  return [height, ...heightsOf(node.left, similarity), ...heightsOf(node.right, similarity)].sort(
    (a, b) => b - a,
  );
}

describe('the dendrogram of complete linkage', () => {
  it('merges at the heights at which merging the two nearest groups does', () => {
    // Distinct similarities: with ties there is more than one dendrogram.
    const table = fc.integer({ min: 1, max: 12 }).chain((count) =>
      fc
        .uniqueArray(fc.integer({ min: 0, max: 10_000 }), {
          minLength: count * count,
          maxLength: count * count,
        })
        .map((values) => ({ count, values })),
    );
    fc.assert(
      fc.property(table, ({ count, values }) => {
        const similarity = (a: number, b: number): number =>
          (values[Math.min(a, b) * count + Math.max(a, b)] ?? 0) / 16_384;
        const tree = completeLinkageTree(count, similarity);
        expect(pointsOf(tree).sort((a, b) => a - b)).toEqual(
          Array.from({ length: count }, (_, point) => point),
        );
        expect(heightsOf(tree, similarity)).toEqual(naiveHeights(count, similarity));
      }),
    );
  });
});
