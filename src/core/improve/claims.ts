import { stem } from '../text/stem';
import { isImperativeVerb } from './write/verbs';

/** One thing that a sentence orders or forbids. */
export interface Claim {
  readonly wanted: boolean;
  /** Stem of the verb, one for verbs that mean the same; empty where none is named ("avoid comments", "no emojis"). */
  readonly verb: string;
  /** What the verb is about, as stems, sorted. */
  readonly object: readonly string[];
  /** Words of the case in which it holds, as stems, sorted. */
  readonly condition: readonly string[];
  /** The object as it is written. */
  readonly said: string;
}

const alike: readonly (readonly string[])[] = [
  ['use', 'utilize', 'prefer', 'choose', 'employ'],
  ['add', 'include', 'insert', 'write', 'put'],
  ['edit', 'modify', 'change', 'touch'],
  ['delete', 'remove', 'erase'],
  ['run', 'execute', 'invoke'],
  ['ask', 'confirm'],
];

/** Porter's stemmer leaves "add" and makes "ad" of "adding". */
function stemOf(word: string): string {
  const short = /^[a-z]+$/.test(word) ? stem(word) : word;
  return short.replace(/([b-df-hj-np-tv-xz])\1$/, '$1');
}

const sameVerb = new Map(
  alike.flatMap((group) => group.map((verb): [string, string] => [stemOf(verb), group[0] ?? verb])),
);

const empty = new Set(
  'a an the any all our your their its this that these those to of and please ever always strictly explicitly instead own every each'.split(
    ' ',
  ),
);

/** Words in code marks count whatever they are: `any` is a type. */
function tokens(text: string): string[] {
  const coded = new Set(
    [...text.matchAll(/`([^`]*)`/g)].flatMap(([, code = '']) => code.toLowerCase().split(/\s+/)),
  );
  return text
    .replaceAll('`', ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}_./@#$<>=+*'’-]+/u)
    .map((token) => token.replace(/^[.'’]+(?=\p{L})|[.,:;'’]+$/gu, ''))
    .filter((token) => /[\p{L}\p{N}*]/u.test(token) && (coded.has(token) || !empty.has(token)));
}

function bag(text: string): readonly string[] {
  return [...new Set(tokens(text).map(stemOf))].sort();
}

const leadingCase =
  /^((?:when(?:ever)?|if|before|after|for|in|on|at|while|during|unless|until)\b[^,:]*)[,:]\s+/i;
const subject =
  /^(?:(?:please|always|also|and|but|then|so|instead)\s+)*(?:(?:you|we|agents?|the agent|it|they)\s+(?:always\s+)?)?/i;
const strength =
  /^(?:(?:must|should|shall|will|have to|has to|need to|needs to|are to|is to)\s+)?(?:always\s+)?/i;
const forbidden =
  /^(?:(?:(?:must|should|shall|will|may|can|do|does)(?:\s+not|n['’]t)|cannot|can['’]t|dont|(?:(?:must|should|shall|will)\s+)?never)\s+(?:ever\s+)?|(avoid|no|refrain from|stop)\s+)/i;
/** What may be done is neither ordered nor forbidden. */
const allowed = /^(?:may|can|might|could)\b(?!\s+not\b|n['’]t)/i;
const caseWord =
  /\s(?:when(?:ever)?|if|unless|before|after|until|while|during|in|inside|within|for|without|on|at|from|with|by|as|except|only|via|where|because|since|so|that|which)\s/i;
const alternative = /,?\s+(?:instead of|rather than|and not|but not|not|never)\s+/i;

function split(text: string): { readonly object: string; readonly rest: string } {
  const cut = caseWord.exec(text);
  return cut === null
    ? { object: text, rest: '' }
    : { object: text.slice(0, cut.index), rest: text.slice(cut.index + 1) };
}

function claim(wanted: boolean, verb: string, said: string, condition: string): Claim[] {
  // "A or B" offers a choice where it is ordered, and forbids both where it is not.
  if (wanted && /\bor\b|\//i.test(said.replace(/`[^`]*`/g, ''))) return [];
  return said.split(/\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+/).flatMap((part): Claim[] => {
    const object = bag(part);
    if (object.length === 0) return [];
    return [{ wanted, verb, object, condition: bag(condition), said: part.trim() }];
  });
}

function verbOf(word: string): string {
  const short = stemOf(word.toLowerCase());
  return sameVerb.get(short) ?? short;
}

function ofClause(source: string): Claim[] {
  let text = source.trim().replace(/[.!;,]+$/, '');
  if (text === '' || text.endsWith('?')) return [];
  const [lead = '', leadWords = ''] = leadingCase.exec(text) ?? [];
  text = text.slice(lead.length).replace(subject, '');
  if (allowed.test(text)) return [];
  const no = forbidden.exec(text);
  const body = no === null ? text.replace(strength, '') : text.slice(no[0].length);
  const [word = ''] = /^[\p{L}-]+/u.exec(body) ?? [];
  const after = body.slice(word.length);
  const nounOnly = no?.[1] !== undefined && !/ing$/i.test(word);
  if (!nounOnly && (word === '' || !/^\s/.test(after))) return [];
  const about = (nounOnly ? body : after).trim();
  const verb = nounOnly ? '' : verbOf(word);
  // Without a verb that orders it is a title or a remark ("Stream processing instead of buffering").
  if (no === null && !isImperativeVerb(word)) return [];
  if (no !== null) {
    const { object, rest } = split(` ${about}`);
    return claim(false, verb, object, `${leadWords} ${rest}`);
  }
  const [first = '', ...others] = about.split(alternative);
  const [chosen = '', passed] = /^prefer$/i.test(word) ? first.split(/\s+(?:over|to)\s+/i) : [first];
  const { object, rest } = split(` ${chosen}`);
  const refused = [...others, ...(passed === undefined ? [] : [passed])].flatMap((part) => {
    const other = split(` ${part}`);
    return claim(false, verb, other.object, `${leadWords} ${other.rest === '' ? rest : other.rest}`);
  });
  return [...claim(true, verb, object, `${leadWords} ${rest}`), ...refused];
}

const clauseEnd =
  /(?<=[.!?;:])\s+|\s+[-–—]\s+|,\s+(?=(?:but\s+|and\s+)?(?:always|never|use|do not|don['’]t|prefer|avoid)\s)|\s+but\s+(?!not\b)/i;

const known = new Map<string, readonly Claim[]>();
const mostKnown = 5_000;

/**
 * Orders and prohibitions of plain sentences. What is asked, allowed or not understood gives none. Pure, so what was read is remembered:
 * every rule is held against the same instructions.
 */
export function readClaims(text: string): readonly Claim[] {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= mostKnown) known.clear();
  const claims = text
    .replace(/\*\*|__|[“”"]/g, '')
    .split(clauseEnd)
    .flatMap(ofClause);
  known.set(text, claims);
  return claims;
}
