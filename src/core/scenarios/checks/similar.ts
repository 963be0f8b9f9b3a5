import type { Checker } from './check';

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Words beyond these are not compared: the time grows with the product of both lengths. */
const mostWords = 2000;

function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row = new Uint32Array(b.length + 1);
  for (const word of a) {
    const next = new Uint32Array(b.length + 1);
    for (const [index, other] of b.entries()) {
      const diagonal = row[index] ?? 0;
      next[index + 1] = word === other ? diagonal + 1 : Math.max(next[index] ?? 0, row[index + 1] ?? 0);
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** ROUGE-L F1 of two texts' words in [0, 1]. Source: Lin (2004), ROUGE: A Package for Automatic Evaluation of Summaries. */
export function rougeL(a: string, b: string): number {
  const [left, right] = [wordsOf(a).slice(0, mostWords), wordsOf(b).slice(0, mostWords)];
  if (left.length === 0 || right.length === 0) return left.length === right.length ? 1 : 0;
  return (2 * longestCommon(left, right)) / (left.length + right.length);
}

export const similar: Checker<'similar'> = (answer, { value, threshold = 0.7 }) => {
  const score = rougeL(answer, value);
  return { passed: score >= threshold, score, note: `ROUGE-L ${score.toFixed(2)}` };
};
