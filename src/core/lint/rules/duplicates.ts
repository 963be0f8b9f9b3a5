import type { Instruction } from '../../prompt/promptDocument';
import type { Found } from '../finding';
import { readBefore } from '../heldTogether';
import { deleteLines, removableLines } from '../lineFix';
import type { LintRule } from '../lintRule';
import { type LintedPrompt, linesPlace } from '../lintSubject';
import { headingChain } from '../sectionPath';

/** Shorter ones are labels, and are said again with reason. */
const fewestWords = 6;

const entry = /^\s*[-*+]\s+(?:\*\*)?(?:`[^`]+`|\w*#\d+|\[[^\]]+\]\([^)]*\))(?:\*\*)?\s*(?:[-–—:(=]|→|$)/;

/** The words alone, in their order: marks, case and punctuation do not make another rule. */
function wordsOf(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}_@./#-]*[\p{L}\p{N}]/gu) ?? []).join(' ');
}

interface Known {
  readonly prompt: LintedPrompt;
  readonly instruction: Instruction;
}

/** Instructions that stand a second time in the same prompt, or in one that the agent reads with it. */
export const duplicates: LintRule = ({ prompt, prompts }) => {
  const known = new Map<string, Known>();
  for (const other of readBefore(prompt, prompts)) {
    for (const instruction of rulesOf(other)) {
      const key = wordsOf(instruction.text);
      if (!known.has(key)) known.set(key, { prompt: other, instruction });
    }
  }
  const found: Found[] = [];
  for (const instruction of rulesOf(prompt)) {
    const key = wordsOf(instruction.text);
    const former = known.get(key);
    if (former === undefined) known.set(key, { prompt, instruction });
    else if (!isPartOfAnother(prompt, instruction, former))
      found.push(duplicate(prompt, instruction, former, key));
  }
  return found;
};

/** Rules alone: not the steps of a procedure, of which each must be whole, nor what stands under an example or template. */
function rulesOf(prompt: LintedPrompt): Instruction[] {
  const { document } = prompt;
  return document.instructions.filter(({ text, line, endLine }) => {
    if (wordsOf(text).split(' ').length < fewestWords || text.endsWith(':')) return false;
    if (/^\s*\d+[.)]\s/.test(document.lines[line - 1] ?? '')) return false;
    // Below another item, it holds for what that one says.
    if (/^\s+\S/.test(document.lines[line - 1] ?? '')) return false;
    // An entry about a thing (`file` — what it is) tells of it wherever it is listed.
    if (entry.test(document.lines[line - 1] ?? '')) return false;
    // A placeholder makes a template of it.
    if (/\[[A-Z][^\]]*\]|\{\w+\}|<\w[\w -]*>/.test(text)) return false;
    // A check mark to tick, a link in an index, a row of a diagram.
    if (/^\[[ xX]\]|^\W*https?:|\|.*\||^["“«]/.test(text) || endLine - line > 12) return false;
    return !headingChain(document, line).some((heading) =>
      /example|template|format|output|checklist|scenario|step|phase|workflow|procedure|process|changelog|history|session|prompt/i.test(
        heading,
      ),
    );
  });
}

/**
 * Under headings of the same name in two parents ("iOS > Setup", "Android > Setup"), or in lists of variants, the same words are about
 * different things.
 */
function isPartOfAnother(prompt: LintedPrompt, instruction: Instruction, former: Known): boolean {
  if (former.prompt !== prompt) return false;
  const [own, theirs] = [instruction, former.instruction].map(({ line }) =>
    headingChain(prompt.document, line),
  );
  if (own === undefined || theirs === undefined || instruction.section === former.instruction.section)
    return false;
  return (
    own.at(-1) === theirs.at(-1) ||
    (own.length > 1 &&
      theirs.length > 1 &&
      own.length === theirs.length &&
      own.at(-2) === theirs.at(-2) &&
      own.length > 2)
  );
}

function duplicate(prompt: LintedPrompt, instruction: Instruction, former: Known, key: string): Found {
  const { line, endLine } = instruction;
  const elsewhere = former.prompt !== prompt;
  const lines = removableLines(prompt, instruction);
  const where = elsewhere
    ? `${former.prompt.path}, line ${former.instruction.line}`
    : `line ${former.instruction.line}`;
  return {
    code: 'duplicate',
    severity: 'information',
    subject: key,
    place: linesPlace(prompt, line, endLine),
    message: `The same instruction stands in ${where}${elsewhere ? ', which is read together with this prompt' : ''}.`,
    related: [
      {
        place: linesPlace(former.prompt, former.instruction.line, former.instruction.endLine),
        message: 'It stands here first.',
      },
    ],
    ...(lines === undefined
      ? {}
      : {
          fix: {
            title: 'Delete the second one',
            ...deleteLines(prompt, lines.line, lines.endLine),
            inBulk: true,
          },
        }),
  };
}
