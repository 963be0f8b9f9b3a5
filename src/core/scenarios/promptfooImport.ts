import { parseDocument } from 'yaml';
import * as z from 'zod/mini';
import { PipelineError } from '../errors';
import { type Check, checkSchema, type SuiteScenario, suiteSchema } from './scenarioSuite';

const assertionSchema = z.looseObject({
  type: z.string(),
  value: z.optional(z.unknown()),
  threshold: z.optional(z.number()),
  weight: z.optional(z.number()),
});
type Assertion = z.infer<typeof assertionSchema>;

const testSchema = z.looseObject({
  description: z.optional(z.string()),
  vars: z.optional(z.record(z.string(), z.unknown())),
  assert: z.optional(z.array(assertionSchema)),
  metadata: z.optional(z.record(z.string(), z.unknown())),
});

const configSchema = z.looseObject({
  prompts: z.optional(z.unknown()),
  defaultTest: z.optional(z.union([testSchema, z.string()])),
  tests: z.optional(z.unknown()),
});

export interface PromptfooImport {
  readonly scenarios: readonly SuiteScenario[];
  /** Assertions and tests that have no counterpart here, in words. */
  readonly left: readonly string[];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

const escaped = (value: string) => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A number of words, or bounds of it. */
function wordCounts(value: unknown): readonly object[] {
  if (typeof value === 'number')
    return [
      { type: 'min-words', value },
      { type: 'max-words', value },
    ];
  const bounds = z.object({ min: z.optional(z.number()), max: z.optional(z.number()) }).safeParse(value);
  if (!bounds.success) return [];
  const { min, max } = bounds.data;
  return [
    ...(min === undefined ? [] : [{ type: 'min-words', value: min }]),
    ...(max === undefined ? [] : [{ type: 'max-words', value: max }]),
  ];
}

/** What an assertion says in our checks; none where nothing here says the same. */
function checkFor({ type, value }: Assertion): readonly object[] {
  const list = (Array.isArray(value) ? value : [value]).map(text);
  switch (type) {
    case 'icontains':
      return [{ type: 'contains', value: text(value) }];
    case 'icontains-all':
      return [{ type: 'contains', value: list }];
    case 'not-icontains':
      return [{ type: 'not-contains', value: text(value) }];
    // These mind capitals, ours does not.
    case 'contains':
      return [{ type: 'regex', value: escaped(text(value)) }];
    case 'contains-all':
      return [{ type: 'regex', value: `/^${list.map((each) => `(?=.*${escaped(each)})`).join('')}/s` }];
    case 'contains-any':
      return [{ type: 'regex', value: list.map(escaped).join('|') }];
    case 'icontains-any':
      return [{ type: 'regex', value: `/${list.map(escaped).join('|')}/i` }];
    case 'not-contains':
      return [{ type: 'not-regex', value: escaped(text(value)) }];
    case 'starts-with':
      return [{ type: 'regex', value: `/^${escaped(text(value))}/` }];
    case 'regex':
      return [{ type: 'regex', value: text(value) }];
    case 'not-regex':
      return [{ type: 'not-regex', value: text(value) }];
    case 'equals':
      return [{ type: 'equals', value: text(value) }];
    case 'is-json':
      return [value === undefined ? { type: 'json' } : { type: 'json-schema', value }];
    case 'llm-rubric':
      return [{ type: 'judge', value: text(value) }];
    case 'word-count':
      return wordCounts(value);
    default:
      return [];
  }
}

function checksOf(assertions: readonly Assertion[], name: string, left: string[]): Check[] {
  return assertions.flatMap((assertion) => {
    const { weight } = assertion;
    const made = checkFor(assertion).flatMap((each) => {
      const parsed = checkSchema.safeParse({
        ...each,
        ...(weight === undefined || weight <= 0 ? {} : { weight }),
      });
      return parsed.success ? [parsed.data] : [];
    });
    if (made.length === 0) left.push(`${name}: ${assertion.type}`);
    return made;
  });
}

/** `{{ name }}` put in; other templates stay as they are. */
function rendered(template: string, vars: Readonly<Record<string, unknown>>): string {
  return template
    .replace(/\{%\s*raw\s*%\}([\s\S]*?)\{%\s*endraw\s*%\}/g, '$1')
    .replace(/\{\{\s*([\w.]+)\s*\}\}/g, (whole, name: string) => (name in vars ? text(vars[name]) : whole));
}

/** The user's part of the first prompt, whose variables make the task; a file or a function is not read. */
function taskTemplate(prompts: unknown): string | undefined {
  const [first] = Array.isArray(prompts) ? prompts : [prompts];
  const raw = typeof first === 'object' && first !== null && 'raw' in first ? text(first.raw) : first;
  if (typeof raw !== 'string' || /^(?:file|https?|exec|python):/.test(raw)) return undefined;
  try {
    const messages: unknown = JSON.parse(raw);
    if (!Array.isArray(messages)) return raw;
    const user = messages.findLast(
      (each): each is { role: string; content: unknown } =>
        typeof each === 'object' &&
        each !== null &&
        'role' in each &&
        each.role === 'user' &&
        'content' in each,
    );
    return user === undefined ? undefined : text(user.content);
  } catch {
    // A prompt of one text and no chat.
    return raw;
  }
}

function taskOf(
  template: string | undefined,
  vars: Readonly<Record<string, unknown>>,
): { readonly task: string; readonly context?: string } {
  const own = vars['task'];
  if (own !== undefined) {
    const context = vars['context'];
    const told = typeof context === 'string' && context !== '' ? { context: rendered(context, {}) } : {};
    return { task: rendered(text(own), {}), ...told };
  }
  if (template !== undefined) return { task: rendered(template, vars) };
  return {
    task: Object.entries(vars)
      .map(([name, value]) => `${name}: ${text(value)}`)
      .join('\n'),
  };
}

const ownSchema = z.object({
  checks: z.array(checkSchema),
  variationOf: z.optional(z.string()),
});

/** What was exported from here comes back as it was. */
function ownParts(
  metadata: Readonly<Record<string, unknown>> | undefined,
): z.infer<typeof ownSchema> | undefined {
  const own = ownSchema.safeParse(metadata?.['claudePm']);
  return own.success ? own.data : undefined;
}

/**
 * Reads the tests of a promptfoo configuration as scenarios. What has no counterpart here is named in `left` and not guessed.
 * @throws PipelineError INVALID_INPUT
 */
export function fromPromptfoo(source: string, name: string): PromptfooImport {
  const invalid = (what: string) =>
    new PipelineError('INVALID_INPUT', `${name}: ${what}`, {
      subject: name,
      remedy: 'Give a promptfoo configuration with its tests in the file itself; nothing was written.',
    });
  const document = parseDocument(source, { prettyErrors: true });
  const [problem] = document.errors;
  if (problem) throw invalid(problem.message);
  const read = configSchema.safeParse(document.toJS({ maxAliasCount: 100 }));
  if (!read.success) throw invalid('This is no promptfoo configuration.');
  const { prompts, defaultTest, tests } = read.data;
  if (!Array.isArray(tests)) throw invalid('It holds no list of tests.');
  const left: string[] = [];
  const shared = typeof defaultTest === 'object' ? defaultTest : undefined;
  const template = taskTemplate(prompts);
  const seen = new Set<string>();
  const scenarios = tests.flatMap((each: unknown, index) => {
    const test = testSchema.safeParse(each);
    if (!test.success) {
      left.push(`test ${index + 1}: it cannot be read`);
      return [];
    }
    const { description, metadata } = test.data;
    const vars = { ...shared?.vars, ...test.data.vars };
    const base = description?.trim() || `test-${index + 1}`;
    let id = base;
    for (let copy = 2; seen.has(id); copy++) id = `${base}-${copy}`;
    seen.add(id);
    const assertions = [...(shared?.assert ?? []), ...(test.data.assert ?? [])];
    const own = ownParts(metadata);
    const checks = own?.checks ?? checksOf(assertions, id, left);
    const family = own?.variationOf === undefined ? {} : { variationOf: own.variationOf };
    if (checks.length === 0) {
      left.push(`${id}: no check that is known here`);
      return [];
    }
    return [{ id, ...taskOf(template, vars), checks, ...family, origin: 'promptfoo' as const }];
  });
  if (scenarios.length === 0) throw invalid('No test holds a check that is known here.');
  const checked = suiteSchema.safeParse(scenarios);
  if (!checked.success) throw invalid(checked.error.issues[0]?.message ?? 'A test cannot be read.');
  return { scenarios: checked.data, left };
}
