import type { Hash } from '../../ports';
import type { TextCorpus } from '../../text/textCorpus';
import type { WordVectors } from '../../text/wordVectors';

/** Distinct texts that are compared with all others; the rest join what was found among these. */
const mostCompared = 8000;
/** The comparing is done anew each time that the texts have grown by this factor. */
const growth = 1.5;
/** Changes with the way of grouping, so that nothing stale is taken from a cache. */
const method = 1;

/** Number of the texts, counted from the oldest, from which groups are learnt: fixed steps, so that it depends on `texts` alone. */
export function textsCompared(texts: number): number {
  if (texts <= mostCompared) return texts;
  let step = mostCompared;
  while (Math.floor(step * growth) <= texts) step = Math.floor(step * growth);
  return step;
}

/** Spreads the keys, whose upper bits are alike for short texts. */
function mixed(key: number): number {
  return Math.imul(key | 0, 0x9e3779b1) >>> 0;
}

/**
 * The distinct bags of the oldest texts, in the order of their first text; of too many, those whose mixed keys come first: a sample
 * that no order decides.
 * @param order text numbers, oldest first
 */
export function sampleOf(corpus: TextCorpus, order: ArrayLike<number>): number[] {
  const bags = new Set<number>();
  const compared = textsCompared(order.length);
  for (let index = 0; index < compared; index++) {
    const bag = corpus.bagOf(order[index] ?? 0);
    if (bag >= 0) bags.add(bag);
  }
  if (bags.size <= mostCompared) return [...bags];
  const byKey = [...bags].sort((a, b) => {
    const [first, second] = [corpus.keyOf(a), corpus.keyOf(b)];
    return mixed(first) - mixed(second) || first - second;
  });
  const chosen = new Set(byKey.slice(0, mostCompared));
  return [...bags].filter((bag) => chosen.has(bag));
}

/** Groups among the texts of a sample, by their place in it. They follow from the sample alone. */
export type Partition = readonly (readonly number[])[];

/** Names what the groups of a sample follow from: the same key, the same groups. */
export function partitionKey(
  corpus: TextCorpus,
  sample: readonly number[],
  { blocks }: WordVectors,
  hash: Hash,
): string {
  const knowledge = blocks.map(({ dimensions, data }) => [
    dimensions,
    hash.sha256(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  ]);
  return hash.sha256(JSON.stringify([method, knowledge, sample.map((bag) => corpus.keyOf(bag))]));
}
