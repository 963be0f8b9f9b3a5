import { coverageOf, findCoverage } from '../analysis/coverage';
import type { Pattern } from '../model/pattern';
import type { Instruction, PromptDocument } from '../prompt/promptDocument';
import { words } from '../text/words';

function instructionAt(document: PromptDocument, line: number | undefined): Instruction | undefined {
  return document.instructions.find((each) => each.line === line);
}

/** Similarity from which an instruction says the same as a rule: well above that of merely being about the same. */
const sameInstruction = 0.7;

export function covers(document: PromptDocument, said: readonly string[]): Instruction | undefined {
  const { state, line } = findCoverage(said, document);
  return state === 'disobeyed' ? instructionAt(document, line) : undefined;
}

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
  return state === 'disobeyed' && similarity >= sameInstruction ? instructionAt(document, line) : undefined;
}

/** The instruction that the analysis found to cover the pattern, as it stands in this text; where it is gone, that which covers the texts. */
export function disobeyed(
  document: PromptDocument,
  { coverage }: Pattern,
  texts: readonly string[],
): Instruction | undefined {
  if (coverage.state === 'missing') return undefined;
  const known = document.instructions.find((each) => each.text === coverage.instruction);
  if (known !== undefined) return known;
  const { state, line } = coverageOf(texts, document);
  return state === 'disobeyed' ? instructionAt(document, line) : undefined;
}
