import { findCoverage } from '../analysis/coverage';
import type { Instruction, PromptDocument } from '../prompt/promptDocument';
import { words } from '../text/words';

/** Similarity from which an instruction says the same as a rule: well above that of merely being about the same. */
const sameInstruction = 0.7;

/** The instruction of the prompt that says what the rule says: it is not written a second time. */
export function sayingTheSame(document: PromptDocument, rule: string): Instruction | undefined {
  const { state, line, similarity = 0 } = findCoverage(words(rule), document);
  if (state !== 'disobeyed' || similarity < sameInstruction) return undefined;
  return document.instructions.find((each) => each.line === line);
}
