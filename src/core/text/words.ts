import { stem } from './stem';
import { stopWords } from './stopWords';

const url = /\bhttps?:\/\/\S+/g;
const apostrophe = /[’‘`´']/g;
const tokens = /\p{L}[\p{L}\p{N}]*/gu;
/** The same where a text holds nothing else than ASCII, several times as fast. */
const plainTokens = /[a-z][a-z0-9]*/gi;
// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins with them.
const ascii = /^[\x00-\x7f]*$/;
const longestWord = 40;

/** `parseHTTPResponse` becomes parse HTTP Response. */
function splitIdentifier(token: string): string[] {
  return token
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(' ');
}

function stemsOf(token: string): readonly string[] {
  return splitIdentifier(token).flatMap((word) =>
    word.length < 2 || word.length > longestWord || stopWords.has(word) ? [] : stem(word),
  );
}

const known = new Map<string, readonly string[]>();
const mostKnown = 50_000;

/** Pure, so what was looked at before is remembered: people use few words often. */
function stemsOnce(token: string): readonly string[] {
  const before = known.get(token);
  if (before !== undefined) return before;
  if (known.size >= mostKnown) known.clear();
  const stems = stemsOf(token);
  known.set(token, stems);
  return stems;
}

/**
 * The content words of a text, in order, lower-cased and stemmed: "why didn't you switch into the session repo?" gives
 * switch, session, repo. Contractions lose their apostrophe, identifiers are split into their parts, and stop
 * words, single letters and numbers are left out.
 */
export function words(text: string): string[] {
  const result: string[] = [];
  const plain = (text.includes('://') ? text.replace(url, ' ') : text).replace(apostrophe, '');
  for (const token of plain.match(ascii.test(plain) ? plainTokens : tokens) ?? []) {
    for (const stem of stemsOnce(token)) result.push(stem);
  }
  return result;
}
