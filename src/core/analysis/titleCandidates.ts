import { carriesInjectedOrder, cleanWords, dropSpecifics, sentences } from '../improve/write/cleanWords';
import type { Imperative } from '../improve/write/ruleClause';
import { finishRule } from '../improve/write/ruleText';
import { isImperativeVerb } from '../improve/write/verbs';
import { foreignOrder, inOtherLanguage } from '../text/otherLanguages';
import { capitalized, leadingThoughts, plainLine } from '../text/plainLine';
import { orderOf, saysNothing } from './sentenceOrder';

/** An order that a sentence comes down to. `clarity` in (0, 1]: how surely the sentence meant it, and says what it is about. */
export interface TitleCandidate {
  readonly text: string;
  readonly clarity: number;
}

const mostSentences = 24;
/** Of an order under a condition the condition alone is none. */
const condition = /^(?:when(?:ever)?|before|after|while|if|unless|once|for|in|as soon as)\b/i;
/** A cut order may have lost what mattered. */
const cutFactor = 0.9;
export const foreignClarity = 0.9;
/** A rule file that is only pointed at, after an order that is complete: "fix the tests @dont-ignore-errors.mdc". */
const mention =
  /(?<!\b(?:to|in|with|at|from|by|per|of|on|into|and|or|the|see|read|check|follow|following|update|use|using|edit|open|to the))\s+@[\w./-]+(?=\s*[.!?]?\s*$)/gim;

/** Marks that would stand between the words of an order: emphasis, tags with attributes, invisible characters. */
function withoutMarkup(text: string): string {
  return text
    .replace(/\p{Cf}/gu, '')
    .replace(/<[a-z][\w-]*\s[^<>]*=[^<>]*>/gi, ' ')
    .replace(/(?<![\w/`])(?:\*{1,3}|_{1,2})(?=\w)|(?<=\w)(?:\*{1,3}|_{1,2})(?![\w/.])/g, '');
}

/** An order that comes after agreement or news: "this is fine, but show me the text first". */
const laterOrder = /,\s+(?:(?:but|so|and|then|just|please|instead)\s+)+(?=(\w[\w-]*))/gi;
const laterFactor = 0.9;

function laterOrders(sentence: string): string[] {
  if (condition.test(sentence)) return [];
  return [...sentence.matchAll(laterOrder)].flatMap((found) =>
    isImperativeVerb(found[1] ?? '') ? [sentence.slice(found.index + found[0].length)] : [],
  );
}

/** The ticket that a job was done for, at the end of what is said about the job. */
const ticket =
  /\s+(?:for|about|under|of|in|on|from)\s+(?:the\s+)?(?:(?:task|ticket|issue|bug|story|pr)\s+)?(#\d+|[A-Z]{2,}-\d+)\b(?!\.\w)/g;

function withoutTickets(sentence: string, recurring: ReadonlySet<string>): string {
  return sentence.replace(ticket, (found, name: string) => (recurring.has(name.toLowerCase()) ? found : ''));
}

/** One sentence of a message: as it was said, and without what only one member names. */
export interface Sentence {
  readonly said: string;
  readonly general: string;
}

/**
 * What a person says in a message, sentence by sentence; none where it tries to pass orders on.
 * @param text as `startOf` leaves it
 * @param recurring file names and tickets that other members name too, and that may therefore stay
 */
export function sentencesOf(text: string, recurring: ReadonlySet<string>): Sentence[] {
  if (carriesInjectedOrder(text)) return [];
  return sentences(cleanWords(withoutMarkup(text)))
    .slice(0, mostSentences)
    .map((said) => ({
      said,
      general: dropSpecifics(withoutTickets(said.replace(mention, ''), recurring), recurring),
    }));
}

/** The orders that can be made of one sentence: the whole, and beginnings of it that are orders by themselves. */
export function ordersOf(sentence: string): TitleCandidate[] {
  if (inOtherLanguage(sentence)) {
    const order = foreignOrder(sentence);
    return order === undefined ? [] : [{ text: capitalized(plainLine(order)), clarity: foreignClarity }];
  }
  return [
    ...ordersFrom(orderOf(sentence)),
    ...laterOrders(sentence)
      .flatMap((later) => ordersFrom(orderOf(later)))
      .map(({ text, clarity }) => ({ text, clarity: clarity * laterFactor })),
  ];
}

function ordersFrom(order: Imperative | undefined): TitleCandidate[] {
  return finishedOrders(order).map(({ text, clarity }) => ({
    text: capitalized(plainLine(text).replace(/[\s.]+$/, '')),
    clarity,
  }));
}

/** An order as sentences with their period: the whole, and beginnings of it that are orders by themselves. */
export function finishedOrders(order: Imperative | undefined): TitleCandidate[] {
  if (order === undefined) return [];
  const beginnings = leadingThoughts(order.text).slice(condition.test(order.text) ? 1 : 0);
  return [order.text, ...beginnings].flatMap((text, index) => {
    const finished = finishRule(text);
    if (finished === undefined || saysNothing(finished.text)) return [];
    return [
      { text: finished.text, clarity: order.clarity * finished.factor * (index === 0 ? 1 : cutFactor) },
    ];
  });
}
