import { type DenseRows, rowDot, rowOf } from '../../text/denseRows';
import { leastTypical, RowSum } from './coherence';
import { communitiesOf } from './communities';
import { completeLinkageTree, type LinkageNode } from './linkageTree';
import { nearestNeighbours } from './nearestNeighbours';

const neighbours = 6;
/** Similarity below which a neighbour is none. */
const leastSimilarity = 0.3;
/** Outliers are told from members in groups of so many at least. */
const fewestWithOutliers = 4;

function sumOf(space: DenseRows, members: readonly number[]): RowSum {
  const sum = new RowSum(space.dimensions);
  for (const member of members) sum.add(rowOf(space, member));
  return sum;
}

/** The highest coherent nodes of the community's dendrogram. */
function split(space: DenseRows, community: readonly number[]): number[][] {
  const row = (point: number): number => community[point] ?? 0;
  const tree = completeLinkageTree(community.length, (a, b) =>
    rowDot(space.data, space.dimensions, row(a), row(b)),
  );
  // Every node with what is below it, children before their parents.
  const nodes: LinkageNode[] = [];
  const open: LinkageNode[] = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    nodes.push(node);
    if ('left' in node) open.push(node.left, node.right);
  }
  const below = new Map<LinkageNode, { members: readonly number[]; groups: number[][] }>();
  for (const node of nodes.toReversed()) {
    if ('point' in node) {
      below.set(node, { members: [row(node.point)], groups: [[row(node.point)]] });
      continue;
    }
    const [left, right] = [below.get(node.left), below.get(node.right)];
    const members = [...(left?.members ?? []), ...(right?.members ?? [])];
    const groups = sumOf(space, members).isCoherent()
      ? [members]
      : [...(left?.groups ?? []), ...(right?.groups ?? [])];
    below.set(node, { members, groups });
  }
  return below.get(tree)?.groups ?? [];
}

/** The group without the members that are unlike it, and those each alone. */
function withoutOutliers(space: DenseRows, members: readonly number[]): (readonly number[])[] {
  if (members.length < fewestWithOutliers) return [members];
  const sum = sumOf(space, members);
  const least = leastTypical * sum.coherence();
  const kept = members.filter((member) => sum.typicality(rowOf(space, member)) >= least);
  if (kept.length < fewestWithOutliers - 1) return [members];
  const inside = new Set(kept);
  return [kept, ...members.filter((member) => !inside.has(member)).map((member) => [member])];
}

/**
 * Groups of rows that speak of one thing; a row like no other is a group of one. The number of groups is not known
 * beforehand: communities of the nearest-neighbour graph are kept where they are coherent and split where they are not.
 *
 * @returns row numbers, ascending, groups in the order of their first row
 */
export function coherentGroups(space: DenseRows): number[][] {
  const communityOf = communitiesOf(nearestNeighbours(space, neighbours, leastSimilarity), space.count);
  const communities: number[][] = [];
  for (const [row, community] of communityOf.entries()) {
    const members = communities[community];
    if (members) members.push(row);
    else communities[community] = [row];
  }
  return communities
    .flatMap((members) => (sumOf(space, members).isCoherent() ? [members] : split(space, members)))
    .flatMap((members) => withoutOutliers(space, members))
    .map((members) => members.toSorted((a, b) => a - b))
    .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}
