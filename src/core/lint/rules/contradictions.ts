import type { Instruction } from '../../prompt/promptDocument';
import { stem } from '../../text/stem';
import type { Found } from '../finding';
import { readBefore } from '../heldTogether';
import type { LintRule } from '../lintRule';
import { type LintedPrompt, linesPlace } from '../lintSubject';
import { headingChain, introductionOf } from '../sectionPath';

/** An order taken apart: for or against, and what. */
interface Order {
  readonly prompt: LintedPrompt;
  readonly instruction: Instruction;
  readonly against: boolean;
  readonly about: string;
}

const against = /^(?:you (?:must|should) )?(?:never|do not|don['’]t|avoid|must not|should not)\s+/i;
const forIt = /^(?:you (?:must|should) )?(?:always|must|should|please)\s+/i;
/** What takes some cases out of an order, in words that need not stand in the other. */
const exception = /\b(?:unless|except|only|other than|instead)\b/i;
const turning =
  /\b(?:bad|wrong|anti|don['’]?t|do not|never|avoid|example|mistake|pitfall|not|symptom|flag|if|when)\b/i;
const empty = new Set(['a', 'an', 'the', 'any', 'all', 'every', 'your', 'our', 'ever', 'please', 'to', 'be']);

/** "X", or "Always X", and "Never X" in what one agent reads together, with the same conditions in the same words. */
export const contradictions: LintRule = ({ prompt, prompts }) => {
  const orders = [...readBefore(prompt, prompts), prompt].flatMap(ordersOf);
  const found: Found[] = [];
  for (const order of orders) {
    if (order.prompt !== prompt) continue;
    const former = orders.find(
      (each) => each.about === order.about && each.against !== order.against && isBefore(each, order),
    );
    if (former !== undefined) found.push(contradiction(order, former));
  }
  return found;
};

function isBefore(a: Order, b: Order): boolean {
  return a.prompt !== b.prompt || a.instruction.line < b.instruction.line;
}

function ordersOf(prompt: LintedPrompt): Order[] {
  return prompt.document.instructions.flatMap((instruction) => {
    const [sentence = ''] = /^[^.!?]*(?:\.\w[^.!?]*)*/.exec(instruction.text) ?? [];
    const text = sentence.trim();
    if (text.length > 160 || exception.test(instruction.text)) return [];
    // Under "Bad" or "Don't", the order is turned round by its heading or the line that introduces it.
    const around = [
      ...headingChain(prompt.document, instruction.line),
      introductionOf(prompt, instruction.line),
    ];
    if (around.some((each) => turning.test(each))) return [];
    const negative = against.test(text);
    const rest = text.replace(negative ? against : forIt, '').replace(/^(?:ever|using)\s+/i, '');
    const words = (rest.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}._/-]*/gu) ?? []).filter(
      (word) => !empty.has(word),
    );
    // A bare pair of words is a name as often as an order.
    return words.length < 3
      ? []
      : [{ prompt, instruction, against: negative, about: words.map(stem).join(' ') }];
  });
}

function contradiction({ prompt, instruction }: Order, former: Order): Found {
  const where =
    former.prompt === prompt
      ? `line ${former.instruction.line}`
      : `${former.prompt.path}, line ${former.instruction.line}`;
  return {
    code: 'contradiction',
    severity: 'warning',
    subject: `${instruction.text}\n${former.instruction.text}`,
    place: linesPlace(prompt, instruction.line, instruction.endLine),
    message: `This contradicts ${where}: "${former.instruction.text}"`,
    related: [
      {
        place: linesPlace(former.prompt, former.instruction.line, former.instruction.endLine),
        message: 'It says the opposite.',
      },
    ],
  };
}
