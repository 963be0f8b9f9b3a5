import type { Check, CheckType } from '../scenarioSuite';
import type { Checker, CheckOutcome, CheckTools } from './check';
import { command } from './command';
import { json, jsonSchema } from './json';
import { language } from './language';
import { codeFence, markdownHeading } from './markdown';
import { similar } from './similar';
import { contains, equals, maxWords, minWords, notContains, notRegex, regex } from './text';

/** Kinds that look at an answer by itself; `judge` needs the other prompt's answer beside it. */
type Alone = Exclude<CheckType, 'judge'>;

/** A new kind of check is one file and one line here. */
const checkers: { readonly [T in Alone]: Checker<T> } = {
  contains,
  'not-contains': notContains,
  regex,
  'not-regex': notRegex,
  json,
  'json-schema': jsonSchema,
  'markdown-heading': markdownHeading,
  'code-fence': codeFence,
  'max-words': maxWords,
  'min-words': minWords,
  equals,
  language,
  similar,
  command,
};

function checkerOf<T extends Alone>(type: T): Checker<T> {
  return checkers[type];
}

type AloneCheck = Exclude<Check, { type: 'judge' }>;

export function standsAlone(check: Check): check is AloneCheck {
  return check.type !== 'judge';
}

/** @throws PipelineError of a command that cannot be run, takes too long or is cancelled */
export async function runCheck(
  answer: string,
  check: AloneCheck,
  tools: CheckTools,
  signal?: AbortSignal,
): Promise<CheckOutcome> {
  const { type, weight = 1 } = check;
  const found = await checkerOf<Alone>(type)(answer, check as never, tools, signal);
  return { type, weight, score: found.passed ? 1 : 0, ...found };
}
