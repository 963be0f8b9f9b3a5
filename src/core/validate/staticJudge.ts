import { findCoverage } from '../analysis/coverage';
import type { Correction } from '../model/correction';
import { readPrompt } from '../prompt/promptDocument';
import { plainProse } from '../text/plainProse';
import { words } from '../text/words';

/** Whether an instruction covers a correction, and on which line (from 1) of the prompt it starts. */
export interface Judgement {
  readonly passes: boolean;
  readonly line?: number;
}

/** A prompt as the static tier sees it. */
export interface JudgedPrompt {
  readonly judge: (correction: Correction) => Judgement;
  /** Texts of its instructions. */
  readonly instructions: readonly string[];
}

/** Content words of what the person said; empty for an event without words, which no text can be judged by. */
export function wordsOf(correction: Correction): string[] {
  return words(plainProse(correction.userCorrection));
}

/**
 * The static tier's judge of one prompt: a correction passes when an instruction of the prompt covers its words. A proxy:
 * no model ran, so it cannot tell whether an agent would obey.
 */
export function judgePrompt(prompt: string): JudgedPrompt {
  const document = readPrompt(prompt);
  const judge = (correction: Correction): Judgement => {
    const { state, line } = findCoverage(wordsOf(correction), document);
    if (state !== 'disobeyed') return { passes: false };
    return line === undefined ? { passes: true } : { passes: true, line };
  };
  return { judge, instructions: document.instructions.map(({ text }) => text) };
}

/** Instructions of `b` that do not stand in `a`, word for word. */
export function newInstructions(a: JudgedPrompt, b: JudgedPrompt): string[] {
  const known = new Set(a.instructions);
  return b.instructions.filter((text) => !known.has(text));
}
