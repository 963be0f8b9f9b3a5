import { findCoverage } from '../analysis/coverage';
import type { Instruction, PromptDocument } from '../prompt/promptDocument';
import { words } from '../text/words';

/** Similarity from which an instruction says the same as a rule: well above that of merely being about the same. */
const sameInstruction = 0.7;

/** Words without markup, case and ends, to tell the same text. */
export function sayingOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * A rule that stands in the prompt already is not written a second time. Its very words are looked for first: those of "Never use `any`."
 * are all too common to tell by.
 */
export function sayingTheSame(document: PromptDocument, rule: string): Instruction | undefined {
  const said = sayingOf(rule);
  const verbatim = document.instructions.find(({ text }) => ` ${sayingOf(text)} `.includes(` ${said} `));
  if (verbatim !== undefined) return verbatim;
  const { state, line, similarity = 0 } = findCoverage(words(rule), document);
  return state === 'disobeyed' && similarity >= sameInstruction
    ? document.instructions.find((each) => each.line === line)
    : undefined;
}
