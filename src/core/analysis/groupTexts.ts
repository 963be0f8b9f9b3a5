import { denseCosine, latentSpace } from '../text/latentSpace';
import { type SparseVector, sparseCosine, type VectorSpace, vectorSpace } from '../text/vectorSpace';
import { completeLinkage } from './completeLinkage';
import { groupBy } from './groupBy';
import { neighbourhoods } from './neighbourhoods';

/** A text to group, and where it comes from: texts of one source (a session) do not vouch for each other. */
export interface GroupedText {
  readonly words: readonly string[];
  readonly source: string;
}

/** A group of like texts. */
export interface TextGroup {
  /** Numbers of the texts, ascending. */
  readonly members: readonly number[];
  /** Mean similarity of each member to the other sources' members, in [0, 1]; in the order of `members`. */
  readonly typicality: readonly number[];
  /** Mean of the sources' mean typicality, in [0, 1]. */
  readonly likeness: number;
}

/** Cosine distance within which two documents are one group. Fitted, with what follows, on histories in which people
 *  labelled the rules that recur: precision 0.7, recall 0.4. */
const distanceThreshold = 0.7;
/** Documents compared pair by pair at most; more are split into neighbourhoods first. */
const mostCompared = 500;
/** Mean similarity to a group's members at which a lone text joins it. */
const stragglerSimilarity = 0.3;
const mostDimensions = 125;
const documentsPerDimension = 4;
/** Documents at which latent and literal similarity count alike: few documents teach little of what goes together. */
const evenWeight = 100;
/** Members that typicality is measured against at most. */
const mostMeasured = 200;

/** Term numbers 0..n of these vectors alone, so that a small neighbourhood is a small matrix. */
function compact(vectors: readonly SparseVector[]): { vectors: SparseVector[]; terms: number } {
  const numbers = new Map<number, number>();
  for (const { terms } of vectors) {
    for (const term of terms) if (!numbers.has(term)) numbers.set(term, numbers.size);
  }
  const renumbered = vectors.map(({ terms, weights }) => ({
    terms: terms.map((term) => numbers.get(term) ?? 0),
    weights,
  }));
  return { vectors: renumbered, terms: numbers.size };
}

/** Similarity of two of the documents, in [0, 1]: a weighted mean of the latent and the literal cosine. */
function similarityOf(vectors: readonly SparseVector[]): (a: number, b: number) => number {
  const dimensions = Math.min(
    mostDimensions,
    Math.max(1, Math.round(vectors.length / documentsPerDimension)),
  );
  const small = compact(vectors);
  const latent = latentSpace(small.vectors, small.terms, dimensions);
  const trust = vectors.length / (vectors.length + evenWeight);
  return (a, b) => {
    if (a === b) return 1;
    const first = vectors[a];
    const second = vectors[b];
    if (first === undefined || second === undefined) return 0;
    const literal = sparseCosine(first, second);
    return Math.min(1, Math.max(0, trust * denseCosine(latent, a, b) + (1 - trust) * literal));
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

interface Member {
  readonly text: number;
  readonly point: number;
  readonly source: string;
}

/** Each source counts once, and what it says twice in the same words counts once. */
function measure(members: readonly Member[], similarity: (a: number, b: number) => number): TextGroup {
  const distinct = [
    ...new Map(members.map((member) => [`${member.point} ${member.source}`, member])).values(),
  ];
  const stride = Math.ceil(distinct.length / mostMeasured);
  const bySource = groupBy(
    distinct.filter((_, index) => index % stride === 0),
    (member) => member.source,
  );
  const measureOne = ({ point, source, text }: Member): number => {
    const means = [...bySource].flatMap(([other, theirs]) => {
      const others =
        other === source && bySource.size > 1 ? [] : theirs.filter((member) => member.text !== text);
      return others.length === 0 ? [] : [mean(others.map((member) => similarity(point, member.point)))];
    });
    return means.length === 0 ? 1 : mean(means);
  };
  const typicality = members.map(measureOne);
  const sourceMeans = [...groupBy(distinct, (member) => member.source).values()].map((theirs) =>
    mean(theirs.map(measureOne)),
  );
  return { members: members.map((member) => member.text), typicality, likeness: mean(sourceMeans) };
}

/**
 * Complete linkage leaves out what is unlike a single member of a group that it fits on the whole: a lone text joins the group
 * of two or more that it is most like on average, if that is enough.
 */
function withStragglers(
  groups: readonly (readonly number[])[],
  similarity: (a: number, b: number) => number,
): (readonly number[])[] {
  const cores = groups.filter((group) => group.length > 1);
  const joined = cores.map((group) => [...group]);
  const alone: number[][] = [];
  for (const point of groups.filter((group) => group.length === 1).flat()) {
    const likeness = cores.map((core) => mean(core.map((other) => similarity(point, other))));
    const best = likeness.reduce((top, value, index) => (value > (likeness[top] ?? 0) ? index : top), 0);
    const home = (likeness[best] ?? 0) >= stragglerSimilarity ? joined[best] : undefined;
    if (home) home.push(point);
    else alone.push([point]);
  }
  return [...joined, ...alone];
}

function groupsWithin(
  space: VectorSpace,
  points: readonly number[],
  copies: readonly (readonly number[])[],
  texts: readonly GroupedText[],
): TextGroup[] {
  const vectors = points.flatMap((point) => space.vectors[point] ?? []);
  const similarity = similarityOf(vectors);
  return withStragglers(
    completeLinkage(vectors.length, (a, b) => 1 - similarity(a, b), distanceThreshold),
    similarity,
  ).flatMap((group) => {
    const members = group
      .flatMap((point) =>
        (copies[points[point] ?? -1] ?? []).map((text) => ({
          text,
          point,
          source: texts[text]?.source ?? '',
        })),
      )
      .sort((a, b) => a.text - b.text);
    return members.length < 2 ? [] : [measure(members, similarity)];
  });
}

/**
 * Groups of two or more like texts; a text like no other is in none, nor is one without words. The number of groups is
 * not known beforehand. Deterministic; the caller fixes the order of the texts.
 *
 * @param onStep called before each neighbourhood, for cancellation
 */
export function groupTexts(texts: readonly GroupedText[], onStep?: () => void): TextGroup[] {
  const byWords = groupBy(
    [...texts.keys()].filter((index) => (texts[index]?.words.length ?? 0) > 0),
    (index) => (texts[index]?.words ?? []).toSorted().join(' '),
  );
  const copies = [...byWords.values()];
  const space = vectorSpace(copies.map((indexes) => texts[indexes[0] ?? -1]?.words ?? []));
  return neighbourhoods(space, mostCompared)
    .flatMap((points) => {
      onStep?.();
      return groupsWithin(space, points, copies, texts);
    })
    .sort((a, b) => (a.members[0] ?? 0) - (b.members[0] ?? 0));
}
