import type { Correction } from '../model/correction';
import type { Hunk } from '../model/improvement';
import type { Hash } from '../ports';
import { endsLine, splitLines } from '../prompt/splitLines';
import { hunkText } from '../review/applyHunks';
import { plainProse } from '../text/plainProse';

/** Hunks that put a placebo where the edit puts its text, and the placebo's words as a person would read them. */
export interface Placebo {
  readonly hunks: readonly Hunk[];
  readonly text: string;
}

/** The words of a text, without what Markdown would read as structure. */
export function tokensOf(text: string): string[] {
  return text
    .replace(/[`#>*_|[\]<>~]/g, ' ')
    .split(/\s+/)
    .filter((token) => /[\p{L}\p{N}]/u.test(token));
}

/** Number of words in the lines that a hunk adds. */
function addedWords(hunk: Hunk): number {
  const before = new Set(splitLines(hunk.before).map((line) => line.trim()));
  const added = splitLines(hunkText(hunk)).filter((line) => !before.has(line.trim()));
  return added.flatMap(tokensOf).length;
}

/**
 * A rule of `length` words in the words of corrections that have nothing to do with the edit, drawn by a hash of `seed` and
 * their ids: the same seed draws the same rule. Empty where there are no such words.
 */
export function drawRule(sources: readonly Correction[], length: number, seed: string, hash: Hash): string {
  const drawn = sources
    .map((source) => ({ source, rank: hash.sha256(`${seed}\n${source.correctionId}`) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ source }) => tokensOf(plainProse(source.userCorrection)))
    .filter((tokens) => tokens.length > 0);
  const rule: string[] = [];
  for (let turn = 0; drawn.length > 0 && rule.length < length; turn++) {
    rule.push(...(drawn[turn % drawn.length] ?? []).slice(0, length - rule.length));
  }
  return rule.join(' ');
}

/**
 * The placebo of an edit: each hunk keeps the lines that it would replace and adds, as one list item, a rule of as many
 * words as the hunk adds. Null where nothing is added or no words can be drawn.
 */
export function placeboOf(
  hunks: readonly Hunk[],
  sources: readonly Correction[],
  seed: string,
  hash: Hash,
): Placebo | null {
  const rules: string[] = [];
  const placebos = hunks.map((hunk): Hunk => {
    const { editedAfter: _edited, ...rest } = hunk;
    const rule = drawRule(sources, addedWords(hunk), `${seed}:${hunk.hunkId}`, hash);
    if (rule === '') return { ...rest, after: hunk.before };
    rules.push(rule);
    const eol = hunkText(hunk).includes('\r\n') ? '\r\n' : '\n';
    const kept = hunk.before === '' || endsLine(hunk.before) ? hunk.before : `${hunk.before}${eol}`;
    return { ...rest, after: `${kept}- ${rule}${eol}` };
  });
  return rules.length === 0 ? null : { hunks: placebos, text: rules.join('\n') };
}
