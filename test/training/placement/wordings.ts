import { words } from '../../../src/core/text/words';

/** The line as people wrote it. */
export function asWritten(rule: string): string {
  return rule;
}

/** As the product would word it: one sentence with a capital and a period, without the label before it. */
export function asSentence(rule: string): string {
  const body = rule.replace(/^[^.!?:]{2,60}?: (?=\p{L})/u, '');
  const kept = new Set(words(body)).size >= 3 ? body : rule;
  const text = kept.replace(/^[^\p{L}]+/u, '');
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/[.!?]*$/, '')}.`;
}

/** About half of its content words, the same ones each time: corrections say less than the rule that people make of them. */
export function shortened(rule: string): string {
  let state = 7;
  return rule
    .split(/\s+/)
    .filter((token) => words(token).length > 0)
    .filter((_, index) => {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      return index === 0 || (state >> 16) % 2 === 0;
    })
    .join(' ');
}

export const wordings = { asWritten, asSentence, shortened } as const;
