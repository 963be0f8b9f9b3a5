import * as z from 'zod/mini';

/** Seconds that a check's command may take. */
export const commandSeconds = 60;

const words = z.string().check(z.minLength(1));
const count = z.int().check(z.nonnegative());
const weight = z.optional(z.number().check(z.positive()));
const share = z.number().check(z.gte(0), z.lte(1));
const oneOrMore = z.union([words, z.array(words).check(z.minLength(1))]);

/** Scenarios that count as one: those that reword another, with it. */
export function familyOf({ id, variationOf }: SuiteScenario): string {
  return variationOf ?? id;
}

/** What an answer must be. Every kind takes a `weight` (1 unless given) for its share in the score. */
export const checkSchema = z.discriminatedUnion('type', [
  /** The text, or each of several, in any case. */
  z.object({ type: z.literal('contains'), value: oneOrMore, weight }),
  z.object({ type: z.literal('not-contains'), value: oneOrMore, weight }),
  /** JavaScript syntax: `colou?r`, or with flags `/^done$/im`. */
  z.object({ type: z.literal('regex'), value: words, weight }),
  z.object({ type: z.literal('not-regex'), value: words, weight }),
  /** The whole answer is JSON, a code fence around it left aside. */
  z.object({ type: z.literal('json'), value: z.optional(z.literal(true)), weight }),
  /** And fits this JSON Schema (draft 2020-12). */
  z.object({ type: z.literal('json-schema'), value: z.record(z.string(), z.unknown()), weight }),
  /** A heading with these words, of any level, or of the one that its `#` signs name. */
  z.object({ type: z.literal('markdown-heading'), value: words, weight }),
  /** A fenced code block; with a value, of that language. */
  z.object({ type: z.literal('code-fence'), value: z.optional(z.string()), weight }),
  z.object({ type: z.literal('max-words'), value: count, weight }),
  z.object({ type: z.literal('min-words'), value: count, weight }),
  /** Its prose is in this language, by its ISO 639-1 code: one of the 24 most spoken. */
  z.object({ type: z.literal('language'), value: z.string().check(z.regex(/^[a-z]{2}$/i)), weight }),
  /** The same text, but for white space around it. */
  z.object({ type: z.literal('equals'), value: z.string(), weight }),
  /** ROUGE-L F1 with an accepted answer reaches the threshold (0.7 unless given). */
  z.object({ type: z.literal('similar'), value: words, threshold: z.optional(share), weight }),
  /** A model judges it by this rubric, beside the other prompt's answer, in both orders. */
  z.object({ type: z.literal('judge'), value: words, weight }),
  /** The program ends with status 0; the answer is on its standard input. */
  z.object({ type: z.literal('command'), value: words, weight }),
]);
export type Check = z.infer<typeof checkSchema>;
export type CheckType = Check['type'];

export const difficulties = ['easy', 'medium', 'hard'] as const;

/** A case that a prompt should get right, as a person writes it in a file. */
export const suiteScenarioSchema = z.object({
  id: words,
  task: words,
  context: z.optional(z.string()),
  checks: z.array(checkSchema).check(z.minLength(1)),
  tags: z.optional(z.array(z.string())),
  /** Id of the scenario that this one rewords: both are one unit of a test, since what holds for one mostly does for the other. */
  variationOf: z.optional(words),
  /** Where it came from. */
  origin: z.optional(z.enum(['correction', 'user', 'variation', 'promptfoo'])),
});
export type SuiteScenario = z.infer<typeof suiteScenarioSchema>;

export const suiteSchema = z.array(suiteScenarioSchema).check(z.minLength(1));
