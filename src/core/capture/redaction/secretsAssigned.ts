import type { Find } from './secretsFind';
import { bare, literalAt, longestLiteral, matchAt, shellBare, spokenBare } from './secretsLiteral';
import { nameWord, type Secrecy, secrecyOf } from './secretsNames';
import { isDigest, isGenerated, isSecret, isSpokenSecret } from './secretsValues';

/** The beginning of a name, also its word before a space: `api key`. */
const nameBefore = /(?:[A-Za-z]{2,12} )?[\w.-]*$/;
/** The rest of a name, its closing quote or bracket. */
const nameEnd = /([\w-]{0,40})(?:\\{0,7}["'`]|&quot;|%22|\\{1,4}u0022)?[\])]{0,2}/y;
/** `a = b`, `a: b`, `a: string = b`, `a => b`, `a ?? b`, `**a:** b`, and a YAML block that begins on the next line. */
const sign =
  /(?:\*\*)?[ \t]{0,8}(?::[ \t]?[\w.<>|]{1,30}[ \t]{0,4}(?==[^=]))?(?:[:=!+?|]{0,2}=>?|:-?|->|→|\|\||\?\?|%3[ADad])(?:\*\*)?[ \t]{0,12}(?:[|>][+-]?[ \t]{0,4}(?:\r?\n|\\n)[ \t]{1,40})?/y;
/** `<a>b`, `"a", "b"`, and `name: a, value: b` over line ends. */
const apart =
  /(?:>|(?:[, \t\r\n]|\\[nrt]){1,60}[\\"']{0,4}(?:value|default|content)[\\"']{0,4}[ \t]{0,4}[:=][ \t]{0,4}|,[ \t]{0,4}(?=\\{0,7}["'`]))/y;
/** `a is b`, `a for that is b`. */
const said = /[^\n"'`:=.,;|{}()<>\\]{0,40}?(?:[ \t](?:is|was|to|ist|lautet)|:)[ \t]{1,2}/y;
/** `b as the a`. */
const saidBehind =
  / (?:as|is) (?:the|my|our|your|a) (?:[a-zA-Z]+ ){0,3}?(?:pass(?:word|phrase)?|secret|token|key|credential)\b/g;
/** `a b`, `a --body b`, `a (b`, and `| a | b |`. */
const spaced = /[ \t]{1,8}(?:--?[a-z-]{1,12}[ \t=]{1,2}|[|(–—-][ \t]{0,8})?/y;
/** Behind `a:`, also when what follows is a block of code. */
const nextLine =
  /[^\n"'`=|{}()<>\\]{0,40}?(?:[ \t]{0,4}(?:\r?\n|\\n)){1,2}(?:`{3}[a-z]{0,10}(?:\r?\n|\\n))?[ \t]{0,20}/y;
/** Values under names that say that they are secret, in code, configuration, markup and speech. */
export function findAssigned(text: string): Find[] {
  const finds: Find[] = [];
  let done = 0;
  for (const { index, 0: word } of text.matchAll(nameWord)) {
    if (index < done) continue;
    const rest = matchAt(nameEnd, text, index + word.length);
    const before = nameBefore.exec(text.slice(Math.max(0, index - 40), index));
    if (!rest || !before) continue;
    const secrecy = secrecyOf(before[0], word, rest[1] ?? '');
    if (secrecy === 'none') continue;
    const name = `${before[0]}${word}${rest[1] ?? ''}`;
    const value = valueUnder(text, index + word.length + rest[0].length, name, secrecy);
    if (!value) continue;
    if (value.kind !== '') finds.push(value);
    done = value.end;
  }
  return finds;
}

/** Values that are said to be secrets behind them. */
export function findSaidBehind(text: string): Find[] {
  const finds: Find[] = [];
  for (const { index } of text.matchAll(saidBehind)) {
    const from = Math.max(0, index - 200);
    const word = /[^\s"'`()<>]+(?=["'`)]?$)/.exec(text.slice(from, index));
    if (!word || !isSpokenSecret(word[0], '')) continue;
    finds.push({ start: from + word.index, end: from + word.index + word[0].length, kind: 'secret value' });
  }
  return finds;
}

/** Whether the value of a JSON member is a secret by the member's name, whatever else the value says. */
export function isSecretMember(name: string, value: string): boolean {
  for (const { index, 0: word } of name.matchAll(nameWord)) {
    const rest = name.slice(index + word.length);
    if (secrecyOf(name.slice(0, index), word, rest) === 'secret' && isSecret(value, name, 'quoted', ''))
      return true;
  }
  return false;
}

/** Not `smtp pass`, but the verb, and the word that a test ends with. */
const passVerb = /^(?!(?:smtp|db|ftp|mail|user|root|admin|redis|ssh|wifi|login|my|the) )(?:\w+ )?pass$/i;

/** The value that a name has, behind its end, when that is a secret. */
function valueUnder(text: string, at: number, name: string, secrecy: Secrecy): Find | undefined {
  const how = matchAt(sign, text, at)?.[0] ?? matchAt(apart, text, at)?.[0];
  const verb = passVerb.test(name);
  const loosely = secrecy === 'secret' && !verb;
  if (how === undefined) return loosely ? looseValue(text, at, [said, spaced, nextLine]) : undefined;
  const from = at + how.length;
  const shell = how === '=' && /[A-Z][A-Z0-9_]*$/.test(name);
  const value = literalAt(text, from, shell ? shellBare : /\s$/.test(how) ? spokenBare : bare);
  if (!value) return loosely ? looseValue(text, from, [nextLine]) : undefined;
  const { start, end, quoted, wrapped } = value;
  // What is as long must not be read again from every name within.
  if (end - start > longestLiteral) return { start, end, kind: '' };
  const content = text.slice(start, end).replace(quoted ? '' : /:+$/, '');
  const next = quoted || how === '>' ? '' : text.charAt(end);
  const literal = quoted
    ? 'quoted'
    : /^[=>]$/.test(how) || /^[A-Z0-9]+_[A-Z0-9_]+$/.test(name)
      ? 'word'
      : 'loose';
  // Not all that follows in a list of words is a value.
  const listed = how.startsWith(',') || (verb && how !== '=');
  const secret = listed ? isSpokenSecret(content, next) : isSecret(content, name, literal, next);
  if (secrecy === 'secret' && !wrapped && secret) return { start, end, kind: 'secret value' };
  if (isGenerated(content, next) && !isDigest(content, name, secrecy)) return { start, end, kind: 'entropy' };
  return undefined;
}

/** A value that is set apart so little that only its own form tells it from other words. */
function looseValue(text: string, at: number, ways: readonly RegExp[]): Find | undefined {
  for (const way of ways) {
    const how = matchAt(way, text, at);
    const value = how && literalAt(text, at + how[0].length, spokenBare);
    if (!value) continue;
    // What stands on a line of its own must fill it.
    if (way === nextLine && !/^[\s\\`"']?$/.test(text.charAt(value.end))) continue;
    const word = text.slice(value.start, value.end).replace(/[.!?:]+$/, '');
    if (word.length > longestLiteral || /\s/.test(word) || !isSpokenSecret(word, text.charAt(value.end)))
      continue;
    return { start: value.start, end: value.start + word.length, kind: 'secret value' };
  }
  return undefined;
}
