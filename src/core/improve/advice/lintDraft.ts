import type { DraftFile } from './hookDraft';

interface Lint {
  readonly about: RegExp;
  /** Must be met as well; left out: the rule forbids it. */
  readonly and?: RegExp;
  readonly files: (rule: string) => readonly DraftFile[];
  /** What it is, behind "a draft of". */
  readonly what: string;
}

const forbids =
  /\b(?:never|do not|don['’]t|must not|should not|avoid|no|not|remove|instead of|rather than)\b/i;

function eslint(rules: Readonly<Record<string, unknown>>, plugin = ''): readonly DraftFile[] {
  const lead = plugin === '' ? '' : "import tseslint from 'typescript-eslint';\n\n";
  const shape =
    plugin === ''
      ? ''
      : ' plugins: { "@typescript-eslint": tseslint.plugin }, languageOptions: { parser: tseslint.parser }, files: ["**/*.ts", "**/*.tsx"],';
  return [
    {
      path: 'eslint.rules.mjs',
      text: `${lead}export default [{${shape} rules: ${JSON.stringify(rules)} }];\n`,
    },
  ];
}

function editorconfig(line: string): readonly DraftFile[] {
  return [{ path: '.editorconfig', text: `root = true\n\n[*]\n${line}\n` }];
}

function ruff(code: string): readonly DraftFile[] {
  return [{ path: 'ruff.toml', text: `[lint]\nextend-select = ["${code}"]\n` }];
}

function commitMessage(pattern: string, blocked: boolean, says: string): readonly DraftFile[] {
  const text = `#!/usr/bin/env node
// Git runs this with the file of the message; set core.hooksPath to the folder that it stands in.
const { readFileSync } = require('node:fs');
const message = readFileSync(process.argv[2], 'utf8').replace(/^#.*$/gm, '');
if (${blocked ? '' : '!'}${pattern}.test(message)) {
  console.error(${JSON.stringify(says)});
  process.exit(1);
}
`;
  return [{ path: '.githooks/commit-msg', text }];
}

function figure(rule: string): number {
  return Number(/\b(\d{2,4})\b/.exec(rule)?.[1] ?? 0);
}

const lints: readonly Lint[] = [
  {
    about: /`any`|\bany type\b|\btype any\b/i,
    what: 'an ESLint rule',
    files: () => eslint({ '@typescript-eslint/no-explicit-any': 'error' }, 'ts'),
  },
  {
    about: /console\.log|console statements?/i,
    what: 'an ESLint rule',
    files: () => eslint({ 'no-console': 'error' }),
  },
  {
    about: /\bdefault exports?\b/i,
    what: 'an ESLint rule',
    files: () =>
      eslint({
        'no-restricted-syntax': [
          'error',
          { selector: 'ExportDefaultDeclaration', message: 'Use named exports.' },
        ],
      }),
  },
  {
    about: /\bnested ternar/i,
    what: 'an ESLint rule',
    files: () => eslint({ 'no-nested-ternary': 'error' }),
  },
  { about: /`var`/, what: 'an ESLint rule', files: () => eslint({ 'no-var': 'error' }) },
  { about: /`eval`/, what: 'an ESLint rule', files: () => eslint({ 'no-eval': 'error' }) },
  {
    about: /\bTODO\b/,
    what: 'an ESLint rule',
    files: () => eslint({ 'no-warning-comments': ['error', { terms: ['todo'] }] }),
  },
  {
    about: /\bimport(?:ing|s)?\b[^.;]*`([@\w/-]+)`/i,
    what: 'an ESLint rule',
    files: (rule) =>
      eslint({
        'no-restricted-imports': ['error', /\bimport\w*\b[^.;]*?`([@\w/-]+)`/i.exec(rule)?.[1] ?? ''],
      }),
  },
  {
    about: /\bfunctions?\b/i,
    and: /\b\d{2,4} lines\b/i,
    what: 'an ESLint rule',
    files: (rule) => eslint({ 'max-lines-per-function': ['error', figure(rule)] }),
  },
  {
    about: /\bfiles?\b/i,
    and: /\b\d{2,4} lines\b/i,
    what: 'an ESLint rule',
    files: (rule) => eslint({ 'max-lines': ['error', figure(rule)] }),
  },
  {
    about: /\blines?\b/i,
    and: /\b\d{2,3} (?:characters|chars|columns)\b/i,
    what: 'an EditorConfig setting',
    files: (rule) => editorconfig(`max_line_length = ${figure(rule)}`),
  },
  {
    about: /\btrailing (?:white ?space|spaces)\b/i,
    what: 'an EditorConfig setting',
    files: () => editorconfig('trim_trailing_whitespace = true'),
  },
  {
    about: /\buse tabs\b/i,
    and: /./,
    what: 'an EditorConfig setting',
    files: () => editorconfig('indent_style = tab'),
  },
  {
    about: /\buse (?:\w+ )?spaces\b/i,
    and: /./,
    what: 'an EditorConfig setting',
    files: () => editorconfig('indent_style = space'),
  },
  { about: /\bbare except/i, what: 'a Ruff rule', files: () => ruff('E722') },
  { about: /\bprint statements?\b|`print(?:\(\))?`/i, what: 'a Ruff rule', files: () => ruff('T201') },
  {
    about: /\bco-authored-by\b|\bco-author/i,
    what: 'a commit-msg hook',
    files: () =>
      commitMessage('/^co-authored-by:/im', true, 'Leave "Co-Authored-By" out of the commit message.'),
  },
  {
    about: /\bconventional commits?\b/i,
    and: /./,
    what: 'a commit-msg hook',
    files: () =>
      commitMessage(
        '/^(?:build|chore|ci|docs|feat|fix|perf|refactor|revert|style|test)(?:\\([^)]+\\))?!?: \\S/',
        false,
        'Begin the commit message as Conventional Commits do, as in "fix: …".',
      ),
  },
];

/** The check that a linter, an editor or Git has for the rule already; `undefined` where none is known. */
export function lintDraft(
  rule: string,
): { readonly what: string; readonly files: readonly DraftFile[] } | undefined {
  const found = lints.find(({ about, and }) => about.test(rule) && (and ?? forbids).test(rule));
  return found === undefined ? undefined : { what: found.what, files: found.files(rule) };
}
