import { type SparseVector, vectorSpace } from '../../text/vectorSpace';

/** A text in its content words, and the projects in which it was said. */
export interface SaidText {
  readonly words: readonly string[];
  readonly projects: ReadonlySet<string>;
}

/*
 * Of three histories in which people labelled the rules that recur (edobry/minsky, palimondo/BookMinder, daviswhitehead/chef-chopsky), the
 * corrections were dealt out to two or four projects by session: 80% of the habits that these three numbers give are one rule. Of the groups
 * alone, which serve to find what recurs within a project, 41% are, and nearly three times as many of them. Projects need not share a subject, so what is
 * grouped for want of better is seldom the same; a habit is a claim about a person, so it errs on the side of silence.
 */
const leastCosine = 0.4;
const fewestShared = 2;
/** One word is enough where the texts hold little else. */
const plainlyAlike = 0.6;

function isAlike(cosine: number, shared: number): boolean {
  return cosine >= leastCosine && (shared >= fewestShared || cosine >= plainlyAlike);
}

/** Which texts say in like words what another project says too. */
export class TextTies {
  readonly #vectors: readonly SparseVector[];
  readonly #terms: number;

  constructor(readonly texts: readonly SaidText[]) {
    const space = vectorSpace(texts.map(({ words }) => words));
    this.#vectors = space.vectors;
    this.#terms = space.vocabulary.length;
  }

  /** Numbers of the texts that are tied to any. */
  tied(): ReadonlySet<number> {
    const tied = new Set<number>();
    const holding = this.#textsByTerm();
    const cosine = new Float64Array(this.texts.length);
    const shared = new Int32Array(this.texts.length);
    for (const [text, { terms, weights }] of this.#vectors.entries()) {
      if (tied.has(text)) continue;
      cosine.fill(0);
      shared.fill(0);
      for (const [index, term] of terms.entries()) {
        for (const { text: other, weight } of holding[term] ?? []) {
          cosine[other] = (cosine[other] ?? 0) + (weights[index] ?? 0) * weight;
          shared[other] = (shared[other] ?? 0) + 1;
        }
      }
      for (const [other, value] of cosine.entries()) {
        if (isAlike(value, shared[other] ?? 0) && this.#areApart(text, other)) tied.add(text).add(other);
      }
    }
    return tied;
  }

  /** Of these texts, those that are tied to one of them. */
  within(texts: readonly number[]): ReadonlySet<number> {
    return new Set(texts.filter((text) => texts.some((other) => this.#areTied(text, other))));
  }

  #areTied(a: number, b: number): boolean {
    if (!this.#areApart(a, b)) return false;
    const first = this.#vectors[a];
    const second = this.#vectors[b];
    if (!first || !second) return false;
    const weights = new Map([...first.terms].map((term, index) => [term, first.weights[index] ?? 0]));
    let cosine = 0;
    let shared = 0;
    for (const [index, term] of second.terms.entries()) {
      const weight = weights.get(term);
      if (weight === undefined) continue;
      cosine += weight * (second.weights[index] ?? 0);
      shared++;
    }
    return isAlike(cosine, shared);
  }

  /** Were they said in two projects? A text is apart from itself where two said it. */
  #areApart(a: number, b: number): boolean {
    return new Set([...(this.texts[a]?.projects ?? []), ...(this.texts[b]?.projects ?? [])]).size > 1;
  }

  #textsByTerm(): readonly (readonly { readonly text: number; readonly weight: number }[])[] {
    const holding = Array.from({ length: this.#terms }, (): { text: number; weight: number }[] => []);
    for (const [text, { terms, weights }] of this.#vectors.entries()) {
      for (const [index, term] of terms.entries()) holding[term]?.push({ text, weight: weights[index] ?? 0 });
    }
    return holding;
  }
}
