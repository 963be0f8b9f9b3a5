import { stem } from './stem';
import { stopWords } from './stopWords';

const url = /\bhttps?:\/\/\S+/g;
const apostrophe = /[’‘`´']/g;
const token = /[\p{L}][\p{L}\p{N}]*/gu;
const longestWord = 40;

/** `parseHTTPResponse` and `parse_http_response` alike become parse http response. */
function splitIdentifiers(text: string): string {
  return text.replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2').replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2');
}

const stems = new Map<string, string>();
const mostStems = 50_000;

/** Stemming is pure, so what was stemmed before is remembered: transcripts repeat few words often. */
function stemOnce(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= mostStems) stems.clear();
  const result = stem(word);
  stems.set(word, result);
  return result;
}

/**
 * The content words of a text, in order, lower-cased and stemmed: "why didn't you switch into the session repo?" gives
 * switch, session, repo. Contractions lose their apostrophe, identifiers are split into their parts, and stop
 * words, single letters and numbers are left out.
 */
export function words(text: string): string[] {
  const result: string[] = [];
  const plain = splitIdentifiers(text.replace(url, ' ').replace(apostrophe, '')).toLowerCase();
  for (const [word] of plain.matchAll(token)) {
    if (word.length < 2 || word.length > longestWord || stopWords.has(word)) continue;
    result.push(stemOnce(word));
  }
  return result;
}
