import { coverageOf, findCoverage } from '../analysis/coverage';
import type { Pattern } from '../model/pattern';
import type { Instruction, PromptDocument } from '../prompt/promptDocument';
import { words } from '../text/words';
import { sameDemand } from './checks/sameDemand';

function instructionAt(document: PromptDocument, line: number | undefined): Instruction | undefined {
  return document.instructions.find((each) => each.line === line);
}

export function covers(document: PromptDocument, said: readonly string[]): Instruction | undefined {
  const { state, line } = findCoverage(said, document);
  return state === 'disobeyed' ? instructionAt(document, line) : undefined;
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

/** Share of the rule's content words from which an instruction is about what the rule asks for. */
const leastInCommon = 0.5;

/**
 * An instruction may cover corrections and yet have little to do with the rule that was made of them: sharpening it with that rule
 * would put two things into one line. It bears on the rule when both ask for the same or nearly so, or share half of the words.
 */
export function bearsOn({ text }: Instruction, rule: string): boolean {
  const own = new Set(words(rule));
  const there = new Set(words(text));
  const shared = [...own].filter((word) => there.has(word)).length;
  if (own.size > 0 && shared >= 2 && shared / own.size >= leastInCommon) return true;
  const { relation } = sameDemand(rule, text);
  return relation === 'same' || relation === 'near';
}
