import { addedText } from './addedText';
import type { Check } from './check';
import { hiddenContent, hiddenHtml, type InjectedOrder, injectedOrders } from './injectedOrders';
import { hasMixedAlphabets, hasUnseenCharacters, plainSpelling, withoutDigitLetters } from './plainSpelling';

const clauseEnd = /[.;:!?\n]\s|\b(?:but|then|instead)\b|—/gi;
/** "Never forget to send …" asks for it. */
const forbids =
  /\b(?:never|not|dont|don['’]t|avoid|without|no|nor|refuse|reject|block|detect|flag|guard against|prevent|protect against|forbid|disallow|strip|sanitize|untrusted|prohibited|stop)\b(?! (?:forget|hesitate|fail|omit|wait|worry|only|bother|neglect|be afraid|need))(?!, (?!or|nor))/gi;

const guards = /\b(?:treat|consider|regard|handle)\b/i;
const asData = /\bas (?:untrusted|data|plain text|an? (?:attack|injection))\b/i;
/** Characters behind the start of an order in which "forget to" and "as untrusted" are looked for. */
const reach = 90;

/** What stands before the order in its clause forbids it, or asks to guard against it. */
function isForbidden(text: string, at: number): boolean {
  const from = Math.max(0, at - 160);
  const before = text.slice(from, at);
  const last = [...before.matchAll(clauseEnd)].at(-1);
  const start = from + (last === undefined ? 0 : last.index + last[0].length);
  const clause = text.slice(start, at);
  const behind = text.slice(at, at + reach);
  if (guards.test(clause) && asData.test(behind)) return true;
  const found = [...`${clause}${behind}`.matchAll(forbids)]
    .filter(({ index }) => index < clause.length)
    .at(-1);
  if (found === undefined) return false;
  // A comma ends it unless it is one of a list: "never commit, print or send secrets".
  const between = clause.slice(found.index + found[0].length);
  return !between.includes(',') || /\b(?:or|nor)\b/.test(`${between}${behind.slice(0, 60)}`);
}

function orderIn(text: string): InjectedOrder | undefined {
  return injectedOrders.find(({ pattern }) => {
    const every = new RegExp(pattern.source, `${pattern.flags}g`);
    return [...text.matchAll(every)].some(({ index }) => !isForbidden(text, index));
  });
}

/** What is wrong with a text that is to stand in a prompt; `undefined` where it gives no hidden or harmful order. */
export function injectedOrderIn(text: string): string | undefined {
  if (hasUnseenCharacters(text)) return 'it holds characters that nobody sees';
  if (hasMixedAlphabets(text)) return 'it mixes letters of two alphabets within a word';
  const outsideOfCode = text.replace(/`[^`\n]*`/g, '');
  const hidden =
    hiddenContent.find(({ pattern }) => pattern.test(text)) ??
    hiddenHtml.find(({ pattern }) => pattern.test(outsideOfCode));
  if (hidden !== undefined) return hidden.kind;
  const plain = plainSpelling(text);
  const spellings = new Set([text.replace(/\s+/g, ' '), plain, withoutDigitLetters(plain)]);
  for (const each of spellings) {
    const order = orderIn(each);
    if (order !== undefined) return order.kind;
  }
  return undefined;
}

/** Transcripts and models can carry orders of others; none gets into a prompt that way. */
export const injectedOrder: Check = {
  name: 'injected-order',
  run({ hunk, rule }) {
    const kind = injectedOrderIn(addedText(hunk)) ?? injectedOrderIn(rule);
    return kind === undefined
      ? { check: 'injected-order', outcome: 'passed', note: 'It gives no hidden or harmful order.' }
      : {
          check: 'injected-order',
          outcome: 'failed',
          note: `The text looks like an injected order: ${kind}.`,
        };
  },
};
