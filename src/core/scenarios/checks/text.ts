import type { Checker } from './check';

const listOf = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? [value] : value;

function holds(answer: string, text: string): boolean {
  return answer.toLowerCase().includes(text.toLowerCase());
}

export const contains: Checker<'contains'> = (answer, { value }) => {
  const missing = listOf(value).find((text) => !holds(answer, text));
  return missing === undefined ? { passed: true } : { passed: false, note: `“${missing}” is not in it.` };
};

export const notContains: Checker<'not-contains'> = (answer, { value }) => {
  const found = listOf(value).find((text) => holds(answer, text));
  return found === undefined ? { passed: true } : { passed: false, note: `“${found}” is in it.` };
};

/** `/…/flags`, else the whole text as a pattern. @throws SyntaxError */
export function patternOf(value: string): RegExp {
  const [, source, flags] = /^\/(.*)\/([dgimsuvy]*)$/s.exec(value) ?? [];
  // A global pattern would go on from where it last stopped.
  return source === undefined ? new RegExp(value) : new RegExp(source, (flags ?? '').replace(/[gy]/g, ''));
}

export const regex: Checker<'regex'> = (answer, { value }) =>
  patternOf(value).test(answer) ? { passed: true } : { passed: false, note: `${value} does not match.` };

export const notRegex: Checker<'not-regex'> = (answer, { value }) => {
  const found = patternOf(value).exec(answer)?.[0];
  return found === undefined ? { passed: true } : { passed: false, note: `It matches “${found}”.` };
};

export const equals: Checker<'equals'> = (answer, { value }) =>
  answer.trim() === value.trim() ? { passed: true } : { passed: false, note: 'It is another text.' };

function wordsIn(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

export const maxWords: Checker<'max-words'> = (answer, { value }) => {
  const words = wordsIn(answer);
  return { passed: words <= value, note: `${words} words` };
};

export const minWords: Checker<'min-words'> = (answer, { value }) => {
  const words = wordsIn(answer);
  return { passed: words >= value, note: `${words} words` };
};
