import { words } from '../../text/words';
import { missingToken } from './cleanWords';
import { isImperativeVerb } from './verbs';

const longestRule = 30;

/** Words after which a lone "this" or "that" points to something that only the session knew. */
const pointing =
  /\b(?:this|that|these|those|it|them)\b(?=\s*(?:$|[,.;:]|(?:in|on|at|to|for|from|with|by|as|and|or|instead|when|before|after|again)\b))/i;

/** The thing that the verb is about is such a pointer: "do that", "never touch it". */
const pointsFirst =
  /^(?:(?:do not|never|always|only) )?\w+ (?:this|that|these|those|it|them)\b(?=\s*(?:$|[,.;:]|\w+$|(?:in|on|at|to|for|from|with|by|as|and|or)\b))/i;

/** What a session's "this" and "that" mostly stand before. Other words after "that" may be a clause of their own. */
const things =
  'analysis|branch|case|change|class|code|command|comment|commit|convention|database|directory|doc|document|error|feature|file|flag|folder|' +
  'format|function|info|information|issue|line|logic|message|method|pattern|plan|problem|project|prompt|query|repo|repository|rule|' +
  'script|section|session|setting|spec|step|table|task|template|test|tool|version|workspace';
const pointed = new RegExp(
  `\\b(?:this|that) (?=(?:(?!the |a |an |our |all |my )\\w+ )?(?:${things})\\b)`,
  'gi',
);

/** "these changes" → "changes", "this file" → "the file"; a pointer without a noun stays. */
function withoutPointers(text: string): string {
  return text.replace(/\b(?:these|those) (?=[\w-]+s\b)/gi, '').replace(pointed, 'the ');
}

/** Cuts a long order where a further thought begins; `undefined` when it stays too long. */
function shorten(text: string): string | undefined {
  if (text.split(/\s+/).length <= longestRule) return text;
  const cuts = [
    ...text.matchAll(
      /,\s+(?:and|so|then|which|where|that|or|as|while|maybe)\b|\s+(?:so that|and then|in order to)\b|,\s/g,
    ),
  ];
  const fitting = cuts
    .map((cut) => text.slice(0, cut.index))
    .filter((head) => head.split(/\s+/).length <= longestRule);
  const head = fitting.at(-1);
  return head !== undefined && head.split(/\s+/).length >= 4 ? head : undefined;
}

/** Only what cannot become structure of the prompt: one line, balanced code marks, no tags, fences, rules or heading marks. */
export function singleLine(text: string): string {
  const flat = text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/[\u200B-\u200F\u2028-\u202E\u2060-\u2064\uFEFF]/g, '')
    .replace(/`{2,}|~{3,}/g, '')
    .replace(/<!--|-->|<\/?[\w-]+[^<>]*>/g, '')
    .replace(/[<>](?=[\w/!-])/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\s+/g, ' ')
    .replace(/^(?:[#>*+=|-]+\s*)+/, '')
    .replace(/^(\d+)([.)])\s/, '$1 ')
    .trim();
  const unpaired = (flat.match(/`/g)?.length ?? 0) % 2 === 1 ? flat.replaceAll('`', '') : flat;
  return (unpaired.match(/\*\*/g)?.length ?? 0) % 2 === 1 ? unpaired.replaceAll('**', '') : unpaired;
}

function unshout(text: string): string {
  const letters = text.replace(/[^A-Za-z]/g, '');
  const shouted = letters.length > 12 && letters.replace(/[^A-Z]/g, '').length > letters.length * 0.6;
  return shouted
    ? text.toLowerCase()
    : text.replace(/\b(?:NOT|NEVER|ALWAYS|MUST|ONLY|DO)\b/g, (word) => word.toLowerCase());
}

function capitalize(text: string): string {
  const [first = ''] = text.split(/[\s,]/);
  return /^[a-z]+$/.test(first) || isImperativeVerb(first)
    ? text.charAt(0).toUpperCase() + text.slice(1)
    : text;
}

export interface FinishedRule {
  /** One sentence that ends with a period. */
  readonly text: string;
  /** Share of the clarity that is left: what points into the session, or says little, is less clear. */
  readonly factor: number;
}

/** An order in its final form, or `undefined` when no usable sentence is left of it. */
export function finishRule(order: string): FinishedRule | undefined {
  const short = shorten(withoutPointers(singleLine(unshout(order))));
  if (short === undefined) return undefined;
  const text = short
    .replace(/\s*\((?![^()]*\)).*$/, '')
    .replace(/(?<![-.\w])(?:dont|don't)(?=\s|$)/gi, 'do not')
    .replace(/\bi\b/g, 'I')
    .replace(/\s+(?:to|and|or|the|a|an|of|as per|instead of|than|via)\s*$/i, '')
    .replace(/[\s,;:.!?-]+$/, '')
    .replace(/\b(the|a|to|in|of|and) \1\b/gi, '$1')
    .trim();
  const content = new Set(words(text));
  if (
    content.size === 0 ||
    text.split(/\s+/).length < 2 ||
    /[?|{}\\]|\s-{1,2}\w+\s.*\s-{1,2}\w/.test(text.replace(/`[^`]*`/g, '')) ||
    text.includes(missingToken) ||
    text.split('"').length % 2 === 0
  )
    return undefined;
  const thin = content.size < 2 ? 0.7 : 1;
  const points = pointsFirst.test(text) ? 0.5 : pointing.test(text) ? 0.75 : 1;
  const personal = /\b(?:i|me|my)\b/i.test(text) ? 0.95 : 1;
  return { text: `${capitalize(text)}.`, factor: thin * points * personal };
}
