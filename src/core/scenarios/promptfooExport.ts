import { stringify } from 'yaml';
import type { Check, SuiteScenario } from './scenarioSuite';

/** One assertion of promptfoo (https://www.promptfoo.dev/docs/configuration/expected-outputs/). */
export interface Assertion {
  readonly type: string;
  readonly value?: unknown;
  readonly threshold?: number;
  readonly weight?: number;
}

const literal = (value: unknown) => JSON.stringify(value);

/** ROUGE-L F1 as `similar` measures it, in one expression. */
function similarity(value: string, threshold: number): string {
  return [
    `const words = (text) => (text.toLowerCase().match(/[\\p{L}\\p{N}]+/gu) ?? []).slice(0, 2000);`,
    `const [a, b] = [words(output), words(${literal(value)})];`,
    `let row = new Array(b.length + 1).fill(0);`,
    `for (const word of a) { const next = [0]; b.forEach((other, i) => next.push(word === other ? row[i] + 1 : Math.max(next[i], row[i + 1]))); row = next; }`,
    `const score = a.length + b.length === 0 ? 1 : (2 * row[b.length]) / (a.length + b.length);`,
    `return { pass: score >= ${threshold}, score, reason: 'ROUGE-L ' + score.toFixed(2) };`,
  ].join('\n');
}

function heading(value: string): string {
  const [, signs = '', words = ''] = /^(#{0,6})\s*(.*)$/s.exec(value) ?? [];
  const level = signs === '' ? '1,6' : `${signs.length}`;
  return [
    `const plain = (text) => text.replace(/[*_\`]/g, '').replace(/\\s+/g, ' ').trim().toLowerCase();`,
    `return output.split('\\n').some((line) => /^#{${level}}\\s/.test(line) && plain(line.replace(/^#+/, '')) === plain(${literal(words)}));`,
  ].join('\n');
}

function fence(language: string): string {
  return `return new RegExp('^\\\\s*\`\`\`' + ${literal(language)}.replace(/[.*+?^\${}()|[\\]\\\\]/g, '\\\\$&') + ${language === '' ? "''" : "'\\\\s*$'"}, 'im').test(output);`;
}

function flagsOf(value: string): { readonly source: string; readonly flags: string } {
  const [, source, flags = ''] = /^\/(.*)\/([dgimsuvy]*)$/s.exec(value) ?? [];
  return source === undefined ? { source: value, flags: '' } : { source, flags: flags.replace(/[gy]/g, '') };
}

/** promptfoo's own patterns know no flags. */
function pattern(value: string, wanted: boolean): Assertion {
  const { source, flags } = flagsOf(value);
  if (flags === '') return { type: wanted ? 'regex' : 'not-regex', value: source };
  const found = `new RegExp(${literal(source)}, ${literal(flags)}).test(output)`;
  return { type: 'javascript', value: wanted ? found : `!${found}` };
}

const listOf = (value: string | readonly string[]) => (typeof value === 'string' ? [value] : value);

function assertionsOf(check: Check): readonly Assertion[] {
  switch (check.type) {
    case 'contains':
      return listOf(check.value).map((value) => ({ type: 'icontains', value }));
    case 'not-contains':
      return listOf(check.value).map((value) => ({ type: 'not-icontains', value }));
    case 'regex':
      return [pattern(check.value, true)];
    case 'not-regex':
      return [pattern(check.value, false)];
    case 'json':
      return [{ type: 'is-json' }];
    case 'json-schema':
      return [{ type: 'is-json', value: check.value }];
    case 'markdown-heading':
      return [{ type: 'javascript', value: heading(check.value) }];
    case 'code-fence':
      return [{ type: 'javascript', value: fence(check.value ?? '') }];
    case 'max-words':
      return [{ type: 'javascript', value: `(output.match(/\\S+/g) ?? []).length <= ${check.value}` }];
    case 'min-words':
      return [{ type: 'javascript', value: `(output.match(/\\S+/g) ?? []).length >= ${check.value}` }];
    case 'equals':
      return [{ type: 'javascript', value: `output.trim() === ${literal(check.value.trim())}` }];
    case 'similar':
      return [{ type: 'javascript', value: similarity(check.value, check.threshold ?? 0.7) }];
    case 'judge':
      return [{ type: 'llm-rubric', value: check.value }];
    case 'language':
    case 'command':
      return [];
  }
}

function weighted(check: Check, assertions: readonly Assertion[]): readonly Assertion[] {
  const { weight } = check;
  return weight === undefined
    ? assertions
    : assertions.map((each) => ({ ...each, weight: weight / assertions.length }));
}

/** Text that promptfoo's templates leave alone. */
function verbatim(text: string): string {
  return /\{\{|\{%|\{#/.test(text) ? `{% raw %}${text}{% endraw %}` : text;
}

export interface PromptfooExport {
  readonly yaml: string;
  /** Checks that promptfoo has nothing for, as "scenario: kind". */
  readonly left: readonly string[];
}

export interface PromptfooTarget {
  /** By label; sent as the system message. */
  readonly prompts: readonly { readonly label: string; readonly text: string }[];
  /** Of promptfoo, as in `openai:chat:NAME`. */
  readonly provider: string;
  readonly baseUrl?: string;
}

/** Providers of ours by the name that promptfoo gives them. `echo` answers with the question and needs no key. */
export function promptfooProvider(model: string | undefined): string {
  const [, provider = '', name = ''] = /^([\w-]+):(.+)$/s.exec(model ?? '') ?? [];
  const known: Readonly<Record<string, string>> = {
    'openai-compatible': 'openai:chat',
    anthropic: 'anthropic:messages',
    ollama: 'ollama:chat',
    command: 'exec',
  };
  const prefix = known[provider];
  return prefix === undefined ? 'echo' : `${prefix}:${name}`;
}

/** A configuration that `promptfoo eval -c FILE` runs as it is. */
export function toPromptfoo(
  scenarios: readonly SuiteScenario[],
  { prompts, provider, baseUrl }: PromptfooTarget,
): PromptfooExport {
  const left: string[] = [];
  const question = '{% if context %}{{ context }}\n\n{% endif %}{{ task }}';
  const chat = (system: string | undefined) =>
    JSON.stringify([
      ...(system === undefined ? [] : [{ role: 'system', content: verbatim(system) }]),
      { role: 'user', content: question },
    ]);
  const tests = scenarios.map(({ id, task, context = '', checks, tags, origin, variationOf }) => {
    const assert = checks.flatMap((check) => {
      const made = weighted(check, assertionsOf(check));
      if (made.length === 0) left.push(`${id}: ${check.type}`);
      return made;
    });
    return {
      description: id,
      // Variables are put into a chat as they are; only the chat itself is a template.
      vars: { task, context },
      assert,
      metadata: {
        claudePm: {
          ...(tags === undefined ? {} : { tags }),
          checks,
          origin: origin ?? 'user',
          ...(variationOf === undefined ? {} : { variationOf }),
        },
      },
    };
  });
  const configuration = {
    description: 'Scenarios of Claude PM Prompts',
    prompts:
      prompts.length === 0
        ? [{ label: 'task alone', raw: chat(undefined) }]
        : prompts.map(({ label, text }) => ({ label, raw: chat(text) })),
    providers: [{ id: provider, ...(baseUrl === undefined ? {} : { config: { apiBaseUrl: baseUrl } }) }],
    tests,
  };
  return { yaml: stringify(configuration, { lineWidth: 0 }), left };
}
