import { plainProse } from '../text/plainProse';
import { words } from '../text/words';
import { startOf } from './sharedWords';

/** Characters of an excerpt at most, without the marks that show where it was cut. */
export const longestExcerpt = 600;
/** What is kept before the sentence that matters, for context. */
const lead = 120;
/** Characters of a message that are searched for it. */
const mostSearched = 40_000;
/** Ends of sentences, within a line. */
const sentence = /[^.!?]+[.!?]*/g;

/** Where each sentence that a person wrote begins, in the order of the text; pasted output and code are passed over. */
function spokenStarts(text: string): { readonly start: number; readonly words: string[] }[] {
  const result: { start: number; words: string[] }[] = [];
  let from = 0;
  for (const line of plainProse(text).split('\n')) {
    const at = text.indexOf(line, from);
    if (at < 0) continue;
    from = at + line.length;
    for (const found of line.matchAll(sentence)) {
      const blank = found[0].length - found[0].trimStart().length;
      result.push({ start: at + found.index + blank, words: words(found[0]) });
    }
  }
  return result;
}

/** The nearest place at or after `index` at which a word begins. */
function wordStart(text: string, index: number): number {
  if (index <= 0) return 0;
  const gap = text.slice(index - 1, index + lead).search(/\s/);
  return gap < 0 ? index : index + gap;
}

/** The nearest place at or before `index` at which a word ends; never amid a character. */
function wordEnd(text: string, index: number): number {
  if (index >= text.length) return text.length;
  const head = text.slice(index - lead, index + 1);
  const gap = head.search(/\s\S*$/);
  if (gap >= 0) return index - lead + gap;
  return /[\uD800-\uDBFF]/.test(text.charAt(index - 1)) ? index - 1 : index;
}

/**
 * A message of at most `longestExcerpt` characters as it is; a longer one is cut around its sentence that matters most, at words, with
 * “…” where something was left out. Word for word what was written.
 * @param likeness how much a sentence's words matter; without it the start of the message counts
 */
export function excerptOf(text: string, likeness: (content: readonly string[]) => number = () => 0): string {
  if (text.length <= longestExcerpt) return text;
  const searched = startOf(text, mostSearched);
  let best = { start: 0, matter: 0 };
  for (const { start, words: content } of spokenStarts(searched)) {
    const matter = likeness(content);
    if (matter > best.matter) best = { start, matter };
  }
  const start = best.start <= longestExcerpt / 2 ? 0 : wordStart(text, best.start - lead);
  const end = wordEnd(text, start + longestExcerpt);
  return `${start > 0 ? '…' : ''}${text.slice(start, end).trim()}${end < text.length ? '…' : ''}`;
}
