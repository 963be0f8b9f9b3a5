import { basisOf, project, type Sparse, singularValues } from './subspace';

const window = 8;
const longestSentence = 200;
/** Mikolov et al. (2013) and Levy et al. (2015): the context distribution is smoothed by this exponent. */
const smoothing = 0.75;

export interface Learnt {
  readonly stems: readonly string[];
  /** One unit vector a stem. */
  readonly vectors: readonly Float64Array[];
}

/**
 * Word vectors from the company that words keep: positive pointwise mutual information in windows of eight words, its
 * strongest singular vectors weighted by the root of their values.
 * Source: Levy, Goldberg and Dagan (2015), Improving Distributional Similarity, TACL 3.
 */
export function learnVectors(
  sentences: readonly (readonly string[])[],
  dimensions: number,
  leastCount: number,
): Learnt {
  const counts = new Map<string, number>();
  for (const word of sentences.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const stems = [...counts].filter(([, count]) => count >= leastCount).map(([stem]) => stem);
  stems.sort();
  const number = new Map(stems.map((stem, index) => [stem, index]));
  const pairs = stems.map(() => new Map<number, number>());
  const add = (a: number, b: number) => pairs[a]?.set(b, (pairs[a].get(b) ?? 0) + 1);
  for (const sentence of sentences) {
    const known = sentence.slice(0, longestSentence).flatMap((word) => number.get(word) ?? []);
    for (const [at, word] of known.entries()) {
      for (const other of known.slice(Math.max(0, at - window), at)) {
        if (other === word) continue;
        add(word, other);
        add(other, word);
      }
    }
  }
  const totals = pairs.map((row) => [...row.values()].reduce((sum, value) => sum + value, 0));
  const smoothed = totals.map((total) => total ** smoothing);
  const all = smoothed.reduce((sum, value) => sum + value, 0);
  const rows: Sparse[] = pairs.map((row, a) => {
    const entries = [...row].flatMap(([b, together]): [number, number][] => {
      const information = Math.log((together * all) / ((totals[a] ?? 1) * (smoothed[b] ?? 1)));
      return information > 0 ? [[b, information]] : [];
    });
    return { terms: entries.map(([term]) => term), weights: entries.map(([, weight]) => weight) };
  });
  const basis = basisOf(rows, stems.length, dimensions);
  const values = singularValues(rows, basis);
  return {
    stems,
    vectors: rows.map((row) =>
      unit(project(row, basis).map((value, k) => value / Math.sqrt(values[k] ?? 1))),
    ),
  };
}

export function unit(vector: Float64Array): Float64Array {
  const norm = Math.hypot(...vector);
  return norm === 0 ? vector : vector.map((value) => value / norm);
}
