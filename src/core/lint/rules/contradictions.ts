import type { Instruction } from '../../prompt/promptDocument';
import { stem } from '../../text/stem';
import type { Found } from '../finding';
import { readBefore } from '../heldTogether';
import type { LintRule } from '../lintRule';
import { type LintedPrompt, linesPlace } from '../lintSubject';
import { headingChain } from '../sectionPath';

/** An order without conditions, taken apart: for or against, and what. */
interface Order {
  readonly prompt: LintedPrompt;
  readonly instruction: Instruction;
  readonly against: boolean;
  readonly about: string;
}

const against = /^(?:you (?:must|should) )?(?:never|do not|don['’]t|avoid|must not|should not|no)\s+/i;
const forIt = /^(?:you (?:must|should) )?(?:always|must|should|please|prefer to)\s+/i;
/** What narrows an order: two with different conditions do not contradict. */
const narrowing =
  /\b(?:if|when|unless|except|only|until|while|before|after|without|in case|for|during|where|other than|instead|too|just|again|first|by default|directly|outside|inside|within)\b|[:;,(–—]/i;
const empty = new Set(['a', 'an', 'the', 'any', 'all', 'every', 'your', 'our', 'ever', 'please', 'to', 'be']);

/** "Always X" and "Never X" of the same X, both without condition, in what one agent reads together. */
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
    const text = instruction.text.replace(/[.!]+$/, '').trim();
    if (text.length > 120 || narrowing.test(text) || /[.!?]\s/.test(text)) return [];
    // Under "Bad" or "Don't", the order is turned round by its heading.
    const headings = headingChain(prompt.document, instruction.line);
    if (
      headings.some((each) =>
        /\b(?:bad|wrong|anti|don['’]?t|do not|never|avoid|example|mistake|pitfall|not|symptom|flag)/i.test(
          each,
        ),
      )
    )
      return [];
    const negative = against.test(text);
    if (!negative && !forIt.test(text)) return [];
    const rest = text.replace(negative ? against : forIt, '').replace(/^(?:ever|using)\s+/i, '');
    const words = (rest.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}._/-]*/gu) ?? []).filter(
      (word) => !empty.has(word),
    );
    return words.length < 2
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
