import { type DenseRows, rowDot } from '../../text/denseRows';
import { leastCoherence, meanSimilarity } from './coherence';
import { communitiesOf } from './communities';
import { completeLinkageTree, type LinkageNode, pointsOf } from './linkageTree';
import { nearestNeighbours } from './nearestNeighbours';

const neighbours = 6;
/** Similarity below which a neighbour is none. */
const leastSimilarity = 0.3;

function coherent(space: DenseRows, members: readonly number[]): boolean {
  return meanSimilarity(space, members) >= leastCoherence(members.length);
}

/** The highest coherent nodes of the community's dendrogram. */
function split(space: DenseRows, community: readonly number[]): number[][] {
  const row = (point: number): number => community[point] ?? 0;
  const tree = completeLinkageTree(community.length, (a, b) =>
    rowDot(space.data, space.dimensions, row(a), row(b)),
  );
  const groups: number[][] = [];
  const open: LinkageNode[] = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const members = pointsOf(node).map(row);
    if ('point' in node || coherent(space, members)) groups.push(members);
    else open.push(node.right, node.left);
  }
  return groups;
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
    .flatMap((members) => (coherent(space, members) ? [members] : split(space, members)))
    .map((members) => members.sort((a, b) => a - b))
    .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}
