import { nearestName } from '../editDistance';
import type { Found } from '../finding';
import { replaceInLine } from '../lineFix';
import type { LintRule } from '../lintRule';
import { type LintedPrompt, lineText, partPlace } from '../lintSubject';
import type { Piece } from '../markdownParts';
import { onlyPossible } from '../onlyPossible';
import type { DefinedCommands, PromptFacts } from '../promptFacts';

/** A command line's start, as far as the name that its tool must know. */
interface Runner {
  /** Its last group is the name. */
  readonly pattern: RegExp;
  readonly what: string;
  /** The tool runs other things by such a name too: only a slip of the pen is certain. */
  readonly nearOnly: boolean;
  defined(facts: PromptFacts): Promise<readonly DefinedCommands[]>;
}

const name = String.raw`([A-Za-z][\w:.-]*[\w])(?=$|[\s\`;&|)"',])`;
const runners: readonly Runner[] = [
  {
    pattern: new RegExp(String.raw`(?:^|[\s;&|(])((?:npm|pnpm) (?:run|run-script) )${name}`, 'g'),
    what: 'script',
    nearOnly: false,
    defined: (facts) => facts.packageScripts(),
  },
  {
    pattern: new RegExp(String.raw`(?:^|[\s;&|(])((?:yarn|bun) run )${name}`, 'g'),
    what: 'script',
    nearOnly: true,
    defined: (facts) => facts.packageScripts(),
  },
  {
    pattern: new RegExp(`(?:^|&& |; )(make )${name}`, 'g'),
    what: 'target',
    nearOnly: false,
    defined: (facts) => facts.makeTargets(),
  },
  {
    pattern: new RegExp(`(?:^|&& |; )(just )${name}`, 'g'),
    what: 'recipe',
    nearOnly: false,
    defined: (facts) => facts.justRecipes(),
  },
];

const placeholder =
  /^(?:script|script-name|scriptname|name|foo|bar|task|task-name|command|target|recipe|xxx?)$/i;
const shell = /^(?:ba|z|fi)?sh$|^(?:shell|console|terminal|shellsession)$/;

/** Scripts, targets and recipes that no file of the workspace defines. */
export const missingCommands: LintRule = async ({ prompt, facts }) => {
  if (facts === undefined) return [];
  const found: Found[] = [];
  const seen = new Set<string>();
  for (const piece of commandLines(prompt)) {
    for (const runner of runners) {
      for (const match of piece.value.matchAll(runner.pattern)) {
        const [whole, start = '', called = ''] = match;
        const key = `${start}${called}`;
        if (seen.has(key) || placeholder.test(called)) continue;
        const finding = await judge(runner, start, called, facts);
        if (finding === undefined) continue;
        seen.add(key);
        const at = piece.at + match.index + whole.length - called.length;
        found.push(toFound(prompt, piece.line, at, called, key, runner, finding));
      }
    }
  }
  return found;
};

interface Judgement {
  readonly files: readonly string[];
  readonly near?: string;
}

/** Only where no file of the workspace defines it, and none may by means that are not read here. */
async function judge(
  { defined, nearOnly }: Runner,
  start: string,
  called: string,
  facts: PromptFacts,
): Promise<Judgement | undefined> {
  const files = await defined(facts);
  if (files.length === 0 || files.some(({ open, names }) => open || names.has(called))) return undefined;
  const known = files.flatMap(({ names }) => [...names]);
  const near = nearestName(called, known);
  // A target may be a file or folder of that name.
  if (nearOnly && near === undefined) return undefined;
  if (start.startsWith('make') && (await facts.has(called))) return undefined;
  return { files: files.map(({ path }) => path), ...(near === undefined ? {} : { near }) };
}

function toFound(
  prompt: LintedPrompt,
  line: number,
  at: number,
  called: string,
  key: string,
  { what }: Runner,
  { files, near }: Judgement,
): Found {
  const where =
    files.length === 1 ? files[0] : `none of ${files.length} files (${files.slice(0, 3).join(', ')})`;
  const message =
    files.length === 1 ? `${where} has no ${what} "${called}".` : `The ${what} "${called}" is in ${where}.`;
  return {
    code: 'missing-command',
    severity: 'warning',
    subject: key,
    place: partPlace(prompt, line, at, called.length),
    message: near === undefined ? message : `${message} There is "${near}".`,
    ...(near === undefined
      ? {}
      : {
          fix: { title: `Change to ${near}`, ...replaceInLine(prompt, line, at, called, near), inBulk: true },
        }),
  };
}

/** Code spans, and lines of shell blocks, that are said to be run. */
function commandLines(prompt: LintedPrompt): Piece[] {
  const spans = prompt.parts.codeSpans.filter(({ line }) => !onlySupposed(lineText(prompt, line)));
  const blocks = prompt.parts.blocks
    .filter(({ language, fenced }) => fenced && shell.test(language))
    .flatMap(({ line, endLine }) => {
      const pieces: Piece[] = [];
      for (let each = line + 1; each < endLine; each++) {
        const text = lineText(prompt, each);
        const command = text.replace(/^\s*(?:\$ )?/, '');
        if (command.startsWith('#')) continue;
        pieces.push({ value: command.replace(/\s#.*$/, ''), line: each, at: text.length - command.length });
      }
      return onlySupposed(lineText(prompt, line - 1)) ? [] : pieces;
    });
  return [...spans, ...blocks].filter(
    ({ value }) =>
      !/\b(?:cd|-C|--prefix|--dir|--cwd|-f|--file)\b/.test(value) || !/\.\.\/|[~/]\w+\/\w/.test(value),
  );
}

/** "If you use npm, run …": the words leave open that it exists. Building and testing are what commands do. */
function onlySupposed(text: string): boolean {
  return (
    /\b(?:e\.g|example|such as|if|other|would|never|not|don['’]t|no longer|instead of|deprecated|add|create|new|rename\w*|remove\w*|planned|future)\b|❌/i.test(
      text.replace(/`[^`]*`/g, ' '),
    ) && onlyPossible(text)
  );
}
