import type { PromptDocument } from '../../prompt/promptDocument';
import { readingLevel } from '../../text/readingLevel';
import type { Check } from './check';

interface Spread {
  readonly count: number;
  readonly mean: number;
  readonly deviation: number;
}

/** Instructions that a prompt must have for its own level to be known. */
const leastInstructions = 10;
/** One sentence is noisy: it is noted only when it lies this many standard deviations above the prompt's own. */
const margin = 2;
/** What is read more easily is easy enough, whatever the prompt is like; above lie laws and contracts (Björnsson 1983). */
const hardFrom = 60;

const spreads = new WeakMap<PromptDocument, Spread>();

function spreadOf(document: PromptDocument): Spread {
  const known = spreads.get(document);
  if (known !== undefined) return known;
  const levels = document.instructions.flatMap(({ text }) => readingLevel(text) ?? []);
  const mean = levels.reduce((sum, level) => sum + level, 0) / Math.max(1, levels.length);
  const variance =
    levels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / Math.max(1, levels.length - 1);
  const spread = { count: levels.length, mean, deviation: Math.sqrt(variance) };
  spreads.set(document, spread);
  return spread;
}

/** A rule should not read worse than the prompt that it goes into. Never more than a note. */
export const ruleReadingLevel: Check = {
  name: 'reading-level',
  run({ document, rule }) {
    const level = Math.round(readingLevel(rule) ?? 0);
    const { count, mean, deviation } = spreadOf(document);
    if (count < leastInstructions) {
      const hard = level > hardFrom + margin * 10;
      const note = `Its LIX is ${level}; the prompt has too few instructions to compare with.`;
      return { check: 'reading-level', outcome: hard ? 'noted' : 'passed', note };
    }
    const hard = level > hardFrom && level > mean + margin * deviation;
    const note = hard
      ? `It reads harder than the prompt: LIX ${level}, against ${Math.round(mean)} on the mean of ${count} instructions.`
      : `It reads no harder than the prompt: LIX ${level}, where ${count} instructions have ${Math.round(mean)} on the mean.`;
    return { check: 'reading-level', outcome: hard ? 'noted' : 'passed', note };
  },
};
