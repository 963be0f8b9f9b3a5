import type { Find } from './secretsFind';

const begin = /-----? ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-----?|Private-Lines: \d{1,3}/g;
/** What stands between the lines of a key: line ends, also escaped, and what quotes, diffs and listings put around a line. */
const between = /(?:[\s"'`,+>|*#→]|-(?!-)|\\{1,8}[nrt"']|\d{1,5}(?=→))+/y;
const headerLine =
  /(?:Proc-Type|DEK-Info|Version|Comment|Encryption|Public-Lines|Private-MAC|Key-Info): ?[^\n\\"]{0,200}/y;
const body = /[A-Za-z0-9+/=]+/y;
const finish = /(?:-----? ?END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-----?)/y;

/**
 * Private keys in their armour (RFC 7468, RFC 4880 section 6.2, PuTTY), line by line, however the lines are quoted; also one whose
 * end was cut off. A begin line that only is spoken of is left.
 */
export function findPrivateKeys(text: string): Find[] {
  if (!text.includes('PRIVATE KEY') && !text.includes('Private-Lines')) return [];
  const finds: Find[] = [];
  for (const { index, 0: opening } of text.matchAll(begin)) {
    if (index < (finds.at(-1)?.end ?? 0)) continue;
    const end = endOfKey(text, index + opening.length);
    if (end !== undefined) finds.push({ start: index, end, kind: 'private key' });
  }
  return finds;
}

function endOfKey(text: string, from: number): number | undefined {
  let at = from;
  let end: number | undefined;
  for (;;) {
    at += lengthAt(between, text, at);
    const closing = lengthAt(finish, text, at);
    if (closing > 0) return end === undefined ? undefined : at + closing;
    const header = lengthAt(headerLine, text, at);
    const length = header > 0 ? header : lengthAt(body, text, at);
    if (length === 0) return end;
    at += length;
    // A line too short is the last one of a key, or a word of what comes after it.
    const last = at + lengthAt(between, text, at);
    const short = header === 0 && length < 16 && text.charAt(at - length) !== '=';
    if (short && at < text.length && lengthAt(finish, text, last) === 0) return end;
    end = at;
  }
}

function lengthAt(sticky: RegExp, text: string, at: number): number {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0].length ?? 0;
}
