import { type Schema, Validator } from '@cfworker/json-schema';
import type { Checker } from './check';

const fence = /^\s*```[\w-]*\r?\n([\s\S]*?)\r?\n?```\s*$/;

/** The answer as JSON, a code fence around all of it left aside; `undefined` where it is none. */
function parsed(answer: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(fence.exec(answer)?.[1] ?? answer) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export const json: Checker<'json'> = (answer) =>
  parsed(answer) === undefined ? { passed: false, note: 'It is no JSON.' } : { passed: true };

export const jsonSchema: Checker<'json-schema'> = (answer, { value }) => {
  const found = parsed(answer);
  if (found === undefined) return { passed: false, note: 'It is no JSON.' };
  const { valid, errors } = new Validator(value as Schema, '2020-12').validate(found.value);
  const last = errors.at(-1);
  return valid ? { passed: true } : { passed: false, note: `${last?.instanceLocation}: ${last?.error}` };
};
