import { TextGroups } from '../../../../src/core/analysis/clusters/textGroups';
import { TextCorpus } from '../../../../src/core/text/textCorpus';
import { words } from '../../../../src/core/text/words';
import type { WordVectors } from '../../../../src/core/text/wordVectors';
import { openWordKnowledge } from '../../../../src/node/wordKnowledge';

export const wordVectors = await openWordKnowledge().load();

/** Groups of these texts, each of a source of its own unless told. */
export function grouped(
  texts: readonly string[],
  sourceOf: (text: number) => number = (text) => text,
  vectors: WordVectors = wordVectors,
): { groups: TextGroups; corpus: TextCorpus } {
  const corpus = new TextCorpus();
  for (const text of texts) corpus.add(words(text));
  const order = texts.map((_, text) => text);
  return { groups: new TextGroups({ corpus, order, sourceOf, wordVectors: vectors }), corpus };
}

/** A label for each text: its group, or for a text without one a label of its own. */
export function labelsOf(groups: TextGroups, texts: number): number[] {
  return Array.from({ length: texts }, (_, text) => {
    const group = groups.groupOf(text);
    return group < 0 ? -1 - text : group;
  });
}
