import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runCheck, standsAlone } from '../../../src/core/scenarios/checks/registry';
import { type Assertion, promptfooProvider, toPromptfoo } from '../../../src/core/scenarios/promptfooExport';
import { fromPromptfoo } from '../../../src/core/scenarios/promptfooImport';
import { type Check, type SuiteScenario, suiteSchema } from '../../../src/core/scenarios/scenarioSuite';

const every: readonly Check[] = [
  { type: 'contains', value: ['a.b', 'c'] },
  { type: 'not-contains', value: 'sorry' },
  { type: 'regex', value: '^x' },
  { type: 'not-regex', value: '/todo/i' },
  { type: 'json' },
  { type: 'json-schema', value: { type: 'object' } },
  { type: 'markdown-heading', value: '## The first step' },
  { type: 'code-fence', value: 'ts' },
  { type: 'code-fence' },
  { type: 'max-words', value: 5 },
  { type: 'min-words', value: 2, weight: 3 },
  { type: 'equals', value: 'yes' },
  { type: 'similar', value: 'run all the tests first', threshold: 0.6 },
  { type: 'judge', value: 'It is polite.' },
];
const suite: readonly SuiteScenario[] = [
  { id: 's1', task: 'Explain {{ mustache }}.', context: 'A repository.', checks: [...every], tags: ['t'] },
  {
    id: 's2',
    task: 'Run it.',
    checks: [
      { type: 'command', value: 'grep x' },
      { type: 'language', value: 'en' },
      { type: 'contains', value: 'x' },
    ],
  },
];

interface Config {
  readonly prompts: readonly { label: string; raw: string }[];
  readonly providers: readonly { id: string; config?: { apiBaseUrl: string } }[];
  readonly tests: readonly {
    description: string;
    vars: Record<string, string>;
    assert: readonly Assertion[];
  }[];
}

/** What promptfoo's `javascript` assertion does: an expression, or the body of a function where it has several lines or returns. */
function passesIn({ value }: Assertion, output: string): boolean {
  const source = String(value);
  const body = /\n|^\s*return /.test(source) ? source : `return ${source}`;
  const found: unknown = new Function('output', body)(output);
  return typeof found === 'object' && found !== null && 'pass' in found
    ? found.pass === true
    : found === true;
}

describe('scenarios for promptfoo', () => {
  const made = toPromptfoo(suite, {
    prompts: [{ label: 'a.md', text: 'Use {{ braces }} as they are.' }],
    provider: promptfooProvider('openai-compatible:small'),
    baseUrl: 'http://localhost:1234/v1',
  });
  const config: Config = parse(made.yaml);

  it('hold the prompt as the system message, which its templates leave alone', () => {
    const messages = JSON.parse(config.prompts[0]?.raw ?? '');
    expect(messages[0]).toEqual({
      role: 'system',
      content: '{% raw %}Use {{ braces }} as they are.{% endraw %}',
    });
    expect(messages[1].content).toContain('{{ task }}');
    expect(config.tests[0]?.vars['task']).toBe('Explain {{ mustache }}.');
  });

  it('name the provider as promptfoo does, and what it has nothing for', () => {
    expect(config.providers).toEqual([
      { id: 'openai:chat:small', config: { apiBaseUrl: 'http://localhost:1234/v1' } },
    ]);
    expect(promptfooProvider(undefined)).toBe('echo');
    expect(made.left).toEqual(['s2: command', 's2: language']);
  });

  it.each([
    [{ type: 'max-words', value: 3 }, ['one two three', 'one two three four', '']],
    [{ type: 'min-words', value: 2 }, ['one two', 'one']],
    [{ type: 'equals', value: 'yes "quoted"' }, [' yes "quoted"\n', 'yes']],
    [{ type: 'code-fence', value: 'ts' }, ['```ts\n1\n```', '```tsx\n1\n```', 'ts']],
    [{ type: 'code-fence' }, ['```\n1\n```', 'none']],
    [
      { type: 'markdown-heading', value: '## The first step' },
      ['## The *first* step', '# The first step', 'x'],
    ],
    [{ type: 'markdown-heading', value: 'plan' }, ['### Plan', 'Plan']],
    [{ type: 'not-regex', value: '/todo/i' }, ['TODO', 'done']],
    [
      { type: 'similar', value: 'run all the tests first', threshold: 0.6 },
      ['Run the tests first!', 'Push it.'],
    ],
  ] satisfies [Check, string[]][])('judge by %j there as here', async (check, answers) => {
    const [scenario] = suiteSchema.parse([{ id: 'x', task: 't', checks: [check] }]);
    const { tests }: Config = parse(
      toPromptfoo(scenario ? [scenario] : [], { prompts: [], provider: 'echo' }).yaml,
    );
    const [assertion] = tests[0]?.assert ?? [];
    for (const answer of answers) {
      if (!standsAlone(check) || assertion === undefined) throw new Error('no assertion');
      expect(passesIn(assertion, answer), answer).toBe((await runCheck(answer, check, {})).passed);
    }
  });

  it('come back as they were', () => {
    const { scenarios, left } = fromPromptfoo(made.yaml, 'p.yaml');
    expect(left).toEqual([]);
    expect(scenarios.map(({ id, task, context, checks }) => ({ id, task, context, checks }))).toEqual(
      suite.map(({ id, task, context, checks }) => ({ id, task, context, checks })),
    );
  });
});

describe('a suite of promptfoo', () => {
  const source = `
prompts:
  - 'Translate to {{ language }}: {{ text }}'
  - file://other.txt
defaultTest:
  assert:
    - type: not-icontains
      value: As an AI
tests:
  - description: greeting
    vars: {language: French, text: Hello}
    assert:
      - {type: contains-any, value: [Bonjour, Salut]}
      - {type: llm-rubric, value: It is French., weight: 2}
      - {type: python, value: file://x.py}
  - vars: {language: German, text: Hello}
    assert:
      - {type: word-count, value: {max: 3}}
`;

  it('becomes scenarios, with the variables put in and defaults added', () => {
    const { scenarios, left } = fromPromptfoo(source, 'p.yaml');
    expect(left).toEqual(['greeting: python']);
    expect(scenarios).toEqual([
      {
        id: 'greeting',
        task: 'Translate to French: Hello',
        origin: 'promptfoo',
        checks: [
          { type: 'not-contains', value: 'As an AI' },
          { type: 'regex', value: 'Bonjour|Salut' },
          { type: 'judge', value: 'It is French.', weight: 2 },
        ],
      },
      {
        id: 'test-2',
        task: 'Translate to German: Hello',
        origin: 'promptfoo',
        checks: [
          { type: 'not-contains', value: 'As an AI' },
          { type: 'max-words', value: 3 },
        ],
      },
    ]);
  });

  it.each(['tests: file://tests.csv', 'tests: []', '- 1', 'a: [', 'tests:\n  - assert: [{type: python}]'])(
    'that holds nothing to read is refused: %j',
    (text) => {
      expect(() => fromPromptfoo(text, 'p.yaml')).toThrow('p.yaml');
    },
  );
});
