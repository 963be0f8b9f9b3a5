import { type Dense, latentSpace } from '../text/latentSpace';
import type { VectorSpace } from '../text/vectorSpace';

/** Dimensions of the coarse space that only serves to keep like documents together. */
const coarseDimensions = 24;
const rounds = 6;
/** Smaller side of a split at least, so that the depth of splitting stays logarithmic. */
const leastShare = 0.2;

function row(space: Dense, index: number): Float64Array {
  return space.data.subarray(index * space.columns, (index + 1) * space.columns);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < a.length; c++) sum += (a[c] ?? 0) * (b[c] ?? 0);
  return sum;
}

function meanOf(space: Dense, members: readonly number[]): Float64Array {
  const mean = new Float64Array(space.columns);
  for (const member of members) {
    const vector = row(space, member);
    for (let c = 0; c < mean.length; c++) mean[c] = (mean[c] ?? 0) + (vector[c] ?? 0);
  }
  const norm = Math.sqrt(dot(mean, mean));
  return norm === 0 ? mean : mean.map((value) => value / norm);
}

function leastLike(space: Dense, members: readonly number[], centre: Float64Array): Float64Array {
  let least = Number.POSITIVE_INFINITY;
  let result = centre;
  for (const member of members) {
    const similarity = dot(row(space, member), centre);
    if (similarity < least) {
      least = similarity;
      result = row(space, member);
    }
  }
  return result;
}

/** Two halves by spherical 2-means, from the least typical point and the point least like that one. */
function bisect(space: Dense, members: readonly number[]): [number[], number[]] {
  let left = leastLike(space, members, meanOf(space, members));
  let right = leastLike(space, members, left);
  const lean = (member: number): number => dot(row(space, member), left) - dot(row(space, member), right);
  for (let round = 0; round < rounds; round++) {
    const leans = members.map(lean);
    const near = members.filter((_, index) => (leans[index] ?? 0) >= 0);
    const far = members.filter((_, index) => (leans[index] ?? 0) < 0);
    if (near.length === 0 || far.length === 0) break;
    left = meanOf(space, near);
    right = meanOf(space, far);
  }
  const ordered = members
    .map((member) => ({ member, lean: lean(member) }))
    .sort((a, b) => b.lean - a.lean || a.member - b.member);
  const positive = ordered.filter((entry) => entry.lean >= 0).length;
  const least = Math.ceil(members.length * leastShare);
  const cut = positive < least || members.length - positive < least ? members.length >> 1 : positive;
  const sides = ordered.map((entry) => entry.member);
  return [sides.slice(0, cut), sides.slice(cut)];
}

/**
 * Splits documents into neighbourhoods of at most `most` like ones, so that comparing all pairs within each grows
 * linearly with their number. One neighbourhood where they are few.
 */
export function neighbourhoods(space: VectorSpace, most: number): number[][] {
  const all = space.vectors.map((_, index) => index);
  if (all.length <= most) return [all];
  const coarse = latentSpace(space.vectors, space.vocabulary.length, coarseDimensions);
  const pending = [all];
  const result: number[][] = [];
  for (let members = pending.pop(); members !== undefined; members = pending.pop()) {
    if (members.length <= most) result.push(members.sort((a, b) => a - b));
    else pending.push(...bisect(coarse, members));
  }
  return result.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
}
