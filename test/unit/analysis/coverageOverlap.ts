import { backgroundShare } from '../../../src/core/analysis/backgroundFrequency';
import type { Coverage } from '../../../src/core/model/pattern';
import type { PromptDocument } from '../../../src/core/prompt/promptDocument';
import { plainProse } from '../../../src/core/text/plainProse';
import { documentFrequencies } from '../../../src/core/text/vectorSpace';
import { words } from '../../../src/core/text/words';

const background = 1000;

/**
 * The baseline: the product's method of earlier releases. Nearest is the instruction of the highest weighted overlap with all
 * words said; it covers from 0.35. Two words in common, one of them telling, are the least.
 */
export function byOverlap(texts: readonly string[], { instructions }: PromptDocument): Coverage {
  const asked = new Set(texts.flatMap((text) => words(plainProse(text))));
  const held = instructions.map(({ text }) => new Set(words(text)));
  const frequencies = documentFrequencies(held.map((each) => [...each]));
  const weightOf = (word: string): number =>
    Math.log(
      (1 + instructions.length + background) /
        (1 + (frequencies.get(word) ?? 0) + (backgroundShare.get(word) ?? 0) * background),
    );
  const total = (some: Iterable<string>): number => [...some].reduce((sum, word) => sum + weightOf(word), 0);
  let similarity = 0;
  let line: number | undefined;
  held.forEach((each, place) => {
    const shared = [...each].filter((word) => asked.has(word));
    if (shared.length < 2 || !shared.some((word) => weightOf(word) >= 3.6)) return;
    const [less = 0, more = 0] = [total(asked), total(each)].sort((a, b) => a - b);
    const value = Math.min(1, total(shared) / Math.sqrt(less * Math.min(more, 3 * less)));
    if (value <= similarity) return;
    similarity = value;
    line = instructions[place]?.line;
  });
  return line === undefined || similarity < 0.35
    ? { state: 'missing', similarity }
    : { state: 'disobeyed', line, similarity };
}
