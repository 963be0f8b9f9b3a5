import type { Severity } from '../model/common';
import type { CorrectionTable } from './correctionTable';

const mostTerms = 8;
/** Members that terms are counted in; of more, every so many. */
const mostCounted = 300;

export const severityWeight: Readonly<Record<Severity, number>> = {
  low: 0.25,
  medium: 0.5,
  high: 0.75,
  critical: 1,
};

/** In how many corrections of the table each word stands, by the word's number. */
export function wordFrequencies({ corpus }: CorrectionTable): Int32Array {
  const textsOfBag = new Int32Array(corpus.bags);
  for (let text = 0; text < corpus.size; text++) {
    const bag = corpus.bagOf(text);
    if (bag >= 0) textsOfBag[bag] = (textsOfBag[bag] ?? 0) + 1;
  }
  const frequencies = new Int32Array(corpus.vocabulary);
  for (let bag = 0; bag < corpus.bags; bag++) {
    let before = -1;
    for (const token of corpus.tokensOf(bag)) {
      if (token !== before) frequencies[token] = (frequencies[token] ?? 0) + (textsOfBag[bag] ?? 0);
      before = token;
    }
  }
  return frequencies;
}

/**
 * Words that many members share and other corrections seldom hold, the weightiest first; as stems.
 * @param frequencies see `wordFrequencies`
 */
export function termsOf(
  { corpus, size }: CorrectionTable,
  members: readonly number[],
  frequencies: Int32Array,
): string[] {
  const within = new Map<number, number>();
  const stride = Math.ceil(members.length / mostCounted);
  const counted = members.filter((_, index) => index % stride === 0);
  for (const member of counted) {
    const bag = corpus.bagOf(member);
    if (bag < 0) continue;
    for (const token of new Set(corpus.tokensOf(bag))) within.set(token, (within.get(token) ?? 0) + 1);
  }
  return [...within]
    .filter(([, count]) => count >= 2)
    .map(([token, count]) => ({
      word: corpus.word(token),
      weight: (count / counted.length) * Math.log((1 + size) / (1 + (frequencies[token] ?? count)) + 1),
    }))
    .sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1))
    .slice(0, mostTerms)
    .map(({ word }) => word);
}
