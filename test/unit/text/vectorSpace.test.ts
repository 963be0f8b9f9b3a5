import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dot, normalizeRow } from '../../../src/core/text/denseRows';
import { latentBasis, projectOnto } from '../../../src/core/text/latentSpace';
import { type SparseVector, vectorSpace } from '../../../src/core/text/vectorSpace';

/** Cosine of two unit vectors, in [0, 1]. */
function sparseCosine(a: SparseVector, b: SparseVector): number {
  let sum = 0;
  let i = 0;
  let j = 0;
  while (i < a.terms.length && j < b.terms.length) {
    const termA = a.terms[i] ?? 0;
    const termB = b.terms[j] ?? 0;
    if (termA === termB) sum += (a.weights[i++] ?? 0) * (b.weights[j++] ?? 0);
    else if (termA < termB) i++;
    else j++;
  }
  return sum;
}

const topics = ['session repo workspac', 'test suit coverag', 'commit push branch', 'comment docstr style'];

/** Documents about one topic each, from a seed. */
const documents = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 3 }),
      fc.array(fc.constantFrom('file', 'code', 'plan', 'error'), { maxLength: 3 }),
    ),
    { minLength: 4, maxLength: 40 },
  )
  .map((list) => list.map(([topic, more]) => [...(topics[topic] ?? '').split(' '), ...more]));

describe('the vector space', () => {
  it('has cosines between 0 and 1, and 1 for the same words in any order', () => {
    fc.assert(
      fc.property(documents, (list) => {
        const { vectors } = vectorSpace([...list, (list[0] ?? []).toReversed()]);
        const [first] = vectors;
        const last = vectors.at(-1);
        if (!first || !last) throw new Error('no vectors');
        expect(sparseCosine(first, last)).toBeCloseTo(1, 9);
        for (const vector of vectors) {
          expect(sparseCosine(first, vector)).toBeGreaterThanOrEqual(0);
          expect(sparseCosine(first, vector)).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });
});

/** Unit vectors of the documents in their own latent space. */
function latentRows(vectors: readonly SparseVector[], terms: number, dimensions: number): Float32Array[] {
  const { basis, columns } = latentBasis(vectors, terms, dimensions);
  return vectors.map((vector) => {
    const row = new Float32Array(columns);
    projectOnto(basis, columns, vector, row);
    normalizeRow(row);
    return row;
  });
}

function cosine(rows: readonly Float32Array[], a: number, b: number): number {
  return dot(rows[a] ?? new Float32Array(), rows[b] ?? new Float32Array());
}

describe('the latent space', () => {
  it('keeps all cosines where nothing is reduced', () => {
    fc.assert(
      fc.property(documents, (list) => {
        const { vectors, vocabulary } = vectorSpace(list);
        const latent = latentRows(vectors, vocabulary.length, vocabulary.length);
        const [first] = vectors;
        if (!first) throw new Error('no vectors');
        for (const [index, vector] of vectors.entries()) {
          expect(cosine(latent, 0, index)).toBeCloseTo(sparseCosine(first, vector), 3);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('brings together words that go together', () => {
    const list = [
      'car engin',
      'engin motor',
      'motor car',
      'car engin motor',
      'tree leaf',
      'leaf root',
      'root tree',
      'tree leaf root',
    ];
    const { vectors, vocabulary } = vectorSpace(list.map((text) => text.split(' ')));
    const latent = latentRows(vectors, vocabulary.length, 2);
    expect(cosine(latent, 0, 2)).toBeGreaterThan(0.99);
    expect(Math.abs(cosine(latent, 0, 4))).toBeLessThan(0.01);
  });
});
