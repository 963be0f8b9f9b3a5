import type { Hunk } from '../../model/improvement';
import { kindOf } from '../../prompt/kinds/kindOf';
import { narrowingOf } from '../../prompt/kinds/narrowing';
import type { PromptKind } from '../../prompt/kinds/promptKind';
import { conditionOf, renderRule, splitCondition } from '../../prompt/kinds/renderRule';
import { type PromptDocument, readPrompt } from '../../prompt/promptDocument';
import { splitLines, stripLineEnd } from '../../prompt/splitLines';
import { tokenDelta } from '../../templates/compareTexts';
import { words } from '../../text/words';
import { lastTextLine, placeRule } from '../place/placement';
import { sayingTheSame } from '../sayingTheSame';

const listItem = /^\s*(?:[-*+]|\d+[.)])\s+/;

/**
 * The one rule that a hunk brings, without its bullet; lines that belong to it stay, as they are. `undefined` where it brings none, or
 * several: such a hunk is about its own prompt alone.
 */
export function ruleOfHunk({ before, after, editedAfter }: Hunk): string | undefined {
  const former = splitLines(before).map(stripLineEnd);
  const added = splitLines(editedAfter ?? after)
    .map(stripLineEnd)
    .filter((line) => {
      const at = former.indexOf(line);
      if (at >= 0) former.splice(at, 1);
      return at < 0 && line.trim() !== '' && !/^#{1,6}\s/.test(line);
    });
  const [first, ...rest] = added;
  if (first === undefined) return undefined;
  const indent = /^\s*/.exec(first)?.[0].length ?? 0;
  const belongs = rest.every((line) => (/^\s*/.exec(line)?.[0].length ?? 0) > indent);
  if (!belongs) return undefined;
  return [first.replace(listItem, '').trim(), ...rest.map((line) => `  ${line.trim()}`)].join('\n');
}

/** The case that a rule holds in by its words, or by the files that its prompt is read for. */
export function conditionOfRule(rule: string, path: string, text: string): string | undefined {
  const kind = kindOf(path);
  const narrowed = kind === undefined ? undefined : conditionOf(narrowingOf(text, kind));
  return splitCondition(rule).condition ?? narrowed;
}

export interface RuleMove {
  readonly hunk: Hunk;
  readonly rule: string;
  readonly condition: string | undefined;
  readonly from: string;
  readonly to: { readonly path: string; readonly kind: PromptKind; readonly text: string };
  readonly scope: NonNullable<Hunk['scope']>;
}

/** The hunk as it stands in another prompt, or the sentence that says why it cannot. Keeps its id, so that it can be moved back. */
export function movedHunk({ hunk, rule, condition, from, to, scope }: RuleMove): Hunk | string {
  const document = readPrompt(to.text);
  const rendered = renderRule(rule, to.kind, condition, narrowingOf(to.text, to.kind));
  const same = sayingTheSame(document, rendered);
  if (same !== undefined) return `${to.path} says so already, in line ${same.line}`;
  const text = rendered.replaceAll('\n', document.eol);
  const { section, startLine, before, after, where } =
    document.instructions.length === 0 ? firstRule(document, text) : placeRule(document, text, words(rule));
  const { editedAfter: _, checks, movedTo: __, ...rest } = hunk;
  // What was checked against the other prompt says nothing here.
  const kept = checks?.filter(({ check }) => ofTheWordsAlone.has(check)) ?? [];
  return {
    ...rest,
    strategy: splitCondition(rendered).condition === undefined ? 'additive' : 'contextual',
    section,
    startLine,
    before,
    after,
    reason: `Moved here from ${from}; a line is added ${where}. ${hunk.reason}`,
    tokenDelta: tokenDelta(before, after),
    scope,
    ...(kept.length === 0 ? {} : { checks: kept }),
  };
}

const ofTheWordsAlone: ReadonlySet<string> = new Set([
  'private-details',
  'copied-text',
  'injected-order',
  'reading-level',
]);

/** A file that holds no rule yet gets no heading for its first one. */
function firstRule(document: PromptDocument, rule: string) {
  const { eol, sections } = document;
  const end = lastTextLine(document);
  return {
    section: sections.at(-1)?.path ?? '',
    startLine: end,
    before: '',
    after: `${end > 0 ? eol : ''}- ${rule}${eol}`,
    where: 'as its first',
  };
}
