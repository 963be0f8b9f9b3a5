import type { PromptDocument } from '../../prompt/promptDocument';
import { stripLineEnd } from '../../prompt/splitLines';
import { inOtherLanguage } from '../../text/otherLanguages';
import { isImperativeVerb } from '../write/verbs';

/** How a prompt, or one list of it, says its rules. */
export interface PromptStyle {
  /** What all items begin with ("You must"), where they do; `undefined`: orders, bare nouns, or of several kinds. */
  readonly opening: string | undefined;
  readonly period: 'all' | 'none' | 'mixed';
  /** Every item begins with a label in bold ("**Tests**: …"); the sign behind it. */
  readonly boldLead: string | undefined;
  readonly smallLetters: boolean;
}

/** How the prompt stresses what matters. */
export type Emphasis = 'important' | 'capitals' | 'bold' | 'none';

export const itemLead = /^\uFEFF?(\s*(?:>\s*)*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(?:\[[ xX]\]\s+)?)/;
const bold = /^\*\*[^*]{1,40}?(?:\*\*(:| [-–—])|(:)\*\*)\s+/;
const opening = /^(?:you|we|the agent|agents?) (?:must|should|shall|will|need to)\b/i;
/** Fewer items show no style. */
const fewest = 2;

/** Style of items given as they are written, without bullets. */
export function styleOf(items: readonly string[]): PromptStyle {
  const shown = items.length >= fewest;
  const ended = items.filter((item) => /[.!?]["')\]*_`]*$/.test(item.trim())).length;
  const openings = new Set(items.map((item) => opening.exec(item)?.[0]));
  const [first] = openings;
  const signs = items.map((item) => {
    const [, behind, within] = bold.exec(item) ?? [];
    return behind ?? within;
  });
  const small = items.every((item) => /^\p{Ll}/u.test(item));
  return {
    opening: shown && openings.size === 1 ? first : undefined,
    period: !shown ? 'mixed' : ended === items.length ? 'all' : ended === 0 ? 'none' : 'mixed',
    boldLead: shown && signs.every((sign) => sign !== undefined) ? signs[0] : undefined,
    smallLetters: shown && small,
  };
}

/** The items' first lines of the list that ends with the line before `startLine` (from 0), as they are written. */
export function itemsAt(document: PromptDocument, startLine: number): readonly string[] {
  const list = document.lists.find((each) => each.endLine === startLine);
  return (list?.items ?? []).map(({ line }) =>
    stripLineEnd(document.lines[line - 1] ?? '').replace(itemLead, ''),
  );
}

/** What the prompt uses most to stress an instruction. */
export function emphasisOf({ lines, frontmatterLines }: PromptDocument): Emphasis {
  const body = lines.slice(frontmatterLines).join('');
  const count = (pattern: RegExp) => body.match(pattern)?.length ?? 0;
  const kinds: readonly (readonly [Emphasis, number])[] = [
    ['important', count(/\b(?:IMPORTANT|CRITICAL|REQUIRED):/g)],
    ['capitals', count(/\b(?:MUST|NEVER|ALWAYS|DO NOT)\b/g)],
    ['bold', count(/\*\*[^*\n]{12,}[.!]\*\*/g)],
  ];
  const [most] = [...kinds].sort((a, b) => b[1] - a[1]);
  return most === undefined || most[1] === 0 ? 'none' : most[0];
}

/** Most instructions are in another language than English, of those that can be told. */
export function isForeign({ instructions }: PromptDocument): boolean {
  const foreign = instructions.filter(({ text }) => inOtherLanguage(text)).length;
  return foreign >= 2 && foreign * 2 > instructions.length;
}

export function isOrder(text: string): boolean {
  return isImperativeVerb(/^[\p{L}-]+/u.exec(text)?.[0] ?? '');
}
