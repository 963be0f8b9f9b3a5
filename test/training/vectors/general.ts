import { readFileSync } from 'node:fs';
import { words } from '../../../src/core/text/words';
import type { Learnt } from './coOccurrence';
import { unit } from './coOccurrence';
import { basisOf, project } from './subspace';

const sourceDimensions = 100;

/**
 * General English from a GloVe table (Pennington, Socher and Manning, 2014; Public Domain Dedication and License): words of one stem are
 * averaged, the frequent ones counting more; reduced to their strongest dimensions.
 *
 * @param file JSON with `vectors`, words in the order of their frequency
 * @param most stems kept by frequency, beside those for which `wanted` holds
 */
export function generalVectors(
  file: string,
  dimensions: number,
  most: number,
  wanted: (stem: string) => boolean,
): Learnt {
  const { vectors }: { vectors: Record<string, number[]> } = JSON.parse(readFileSync(file, 'utf8'));
  const sums = new Map<string, Float64Array>();
  for (const [rank, [word, vector]] of Object.entries(vectors).entries()) {
    const [stem, ...more] = /^[a-z]+$/.test(word) ? words(word) : [];
    if (stem === undefined || more.length > 0) continue;
    const known = sums.get(stem);
    if (known === undefined && sums.size >= most && !wanted(stem)) continue;
    const sum = known ?? new Float64Array(sourceDimensions);
    for (let k = 0; k < sourceDimensions; k++) sum[k] = (sum[k] ?? 0) + (vector[k] ?? 0) / (rank + 10);
    sums.set(stem, sum);
  }
  const stems = [...sums.keys()];
  const terms = Array.from({ length: sourceDimensions }, (_, k) => k);
  const rows = stems.map((stem) => ({ terms, weights: [...unit(sums.get(stem) ?? new Float64Array())] }));
  const basis = basisOf(rows, sourceDimensions, dimensions);
  return { stems, vectors: rows.map((row) => unit(project(row, basis))) };
}
