import type { Find } from './secretsFind';
import { nameWord, type Secrecy, secrecyOf } from './secretsNames';
import { isDigest, isGenerated, isSecret, isSpokenSecret } from './secretsValues';

/** The rest of a name, its closing quote or bracket. */
const nameEnd = /([\w-]{0,40})(?:\\{0,7}["'`]|&quot;|%22)?[\])]{0,2}/y;
/** `a = b`, `a: b`, `a: string = b`, `a => b`, `a ?? b`, `**a:** b`, and a YAML block that begins on the next line. */
const sign =
  /(?:\*\*)?[ \t]{0,8}(?::[ \t]?[\w.<>|]{1,30}[ \t]{0,4}(?==[^=]))?(?:[:=!+?|]{0,2}=>?|:-?|->|→|\|\||\?\?|%3[ADad])(?:\*\*)?[ \t]{0,12}(?:[|>][+-]?[ \t]{0,4}(?:\r?\n|\\n)[ \t]{1,40})?/y;
/** `<a>b`, `"a", "b"`, and `name: a, value: b` over line ends. */
const apart =
  /(?:>|,?(?:[ \t\r\n]|\\[nrt]){1,60}[\\"']{0,4}(?:value|default|content)[\\"']{0,4}[ \t]{0,4}[:=][ \t]{0,4}|,[ \t]{0,4}(?=\\{0,7}["'`]))/y;
/** `a is b`, `a for that is b`. */
const said = /[^\n"'`:=.,;|{}()<>\\]{0,40}?[ \t](?:is|was|to):?[ \t]{1,2}/y;
/** A quote, also behind a prefix of a string or a call: `f"`, `SecretStr("`. */
const opening = /([A-Za-z]{1,2}(?=["'])|[\w.:]{1,30}\()?(\\{0,7}["'`]|&quot;|%22)/y;
const bare = /[^\s"'`,;(){}<>[\]|&\\]+/y;
const shellBare = /[^\s"'`\\[]+/y;

const longest = 8000;

/** Values under names that say that they are secret, in code, configuration, markup and speech. */
export function findAssigned(text: string): Find[] {
  const finds: Find[] = [];
  let done = 0;
  for (const { index, 0: word } of text.matchAll(nameWord)) {
    if (index < done) continue;
    const end = match(nameEnd, text, index + word.length);
    if (!end) continue;
    const rest = end[1] ?? '';
    const before = /(?:[A-Za-z]{3,12} )?[\w.-]*$/.exec(text.slice(Math.max(0, index - 40), index))?.[0] ?? '';
    const secrecy = secrecyOf(before, word, rest);
    if (secrecy === 'none') continue;
    const value = valueUnder(text, index + word.length + end[0].length, `${before}${word}${rest}`, secrecy);
    if (!value) continue;
    if (value.kind !== '') finds.push(value);
    done = value.end;
  }
  return finds;
}

/** The value that a name has, behind its end, when that is a secret. */
function valueUnder(text: string, at: number, name: string, secrecy: Secrecy): Find | undefined {
  const how = match(sign, text, at)?.[0] ?? match(apart, text, at)?.[0];
  if (how === undefined) return secrecy === 'secret' ? spokenValue(text, at) : undefined;
  const shell = how === '=' && /[A-Z][A-Z0-9_]*$/.test(name);
  const value = literalAt(text, at + how.length, shell ? shellBare : bare);
  if (!value) return undefined;
  const { start, end, quoted, wrapped } = value;
  // No secret is as long, and what is must not be read again from every name within.
  if (end - start > longest) return { start, end, kind: '' };
  const content = text.slice(start, end).replace(quoted ? '' : /:+$/, '');
  const next = quoted ? '' : text.charAt(end);
  const literal = quoted ? 'quoted' : how === '=' ? 'word' : 'loose';
  // In a list of words, and behind the word that a test ends with, not all that follows is a value.
  const listed = how.startsWith(',') || (literal === 'loose' && /^pass$/i.test(name));
  const secret = listed ? isSpokenSecret(content, next) : isSecret(content, name, literal, next);
  if (secrecy === 'secret' && !wrapped && secret) return { start, end, kind: 'secret value' };
  if (isGenerated(content, next) && !isDigest(content, name, secrecy)) return { start, end, kind: 'entropy' };
  return undefined;
}

function spokenValue(text: string, at: number): Find | undefined {
  const how = match(said, text, at);
  if (!how) return undefined;
  const value = literalAt(text, at + how[0].length, bare);
  if (!value) return undefined;
  const word = text.slice(value.start, value.end).replace(/[.!?:]+$/, '');
  if (word.length > longest || /\s/.test(word) || !isSpokenSecret(word, text.charAt(value.end)))
    return undefined;
  return { start: value.start, end: value.start + word.length, kind: 'secret value' };
}

interface LiteralAt {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  /** Stands inside a call. */
  readonly wrapped: boolean;
}

function literalAt(text: string, from: number, unquoted: RegExp): LiteralAt | undefined {
  const open = match(opening, text, from);
  if (open) {
    const start = from + open[0].length;
    const end = closingAt(text, start, open[2] ?? '');
    return end === -1 ? undefined : { start, end, quoted: true, wrapped: open[1]?.endsWith('(') ?? false };
  }
  const run = match(unquoted, text, from);
  return run ? { start: from, end: from + run[0].length, quoted: false, wrapped: false } : undefined;
}

/** Where the quoted text ends: the same mark, on the same line, not itself escaped; -1 when nowhere. */
function closingAt(text: string, start: number, mark: string): number {
  const line = text.slice(start, start + longest);
  for (let end = line.indexOf(mark); end !== -1; end = line.indexOf(mark, end + 1)) {
    if (line.charAt(end - 1) === '\\') continue;
    return line.slice(0, end).includes('\n') ? -1 : start + end;
  }
  return -1;
}

function match(sticky: RegExp, text: string, at: number): RegExpExecArray | undefined {
  sticky.lastIndex = at;
  return sticky.exec(text) ?? undefined;
}
