import { stripLineEnd } from '../../prompt/splitLines';
import { words } from '../../text/words';

const mark = '**Required:** ';
const prefix = /^\uFEFF?(\s*(?:>\s*)*(?:(?:[-*+]|\d+[.)])\s+)?(?:\[[ xX]\]\s+)?)/;

/** Share of the rule's content words that the instruction has already. */
function known(rule: string, instruction: string): number {
  const own = new Set(words(rule));
  const there = new Set(words(instruction));
  return own.size === 0 ? 1 : [...own].filter((word) => there.has(word)).length / own.size;
}

/**
 * The lines of an instruction, sharpened: with the rule behind it where the rule says something more, marked as required where it
 * only says it again; `undefined` when both were done before. Line ends stay as they are.
 */
export function sharpen(lines: readonly string[], rule: string): string[] | undefined {
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const [lead = ''] = prefix.exec(first) ?? [];
  const text = lines.join(' ');
  if (known(rule, text) >= 0.8) {
    if (text.includes(mark.trim())) return undefined;
    return [lead + mark + first.slice(lead.length), ...lines.slice(1)];
  }
  const bare = stripLineEnd(last).trimEnd();
  // What leads into nested lines has to stay the end of its line.
  if (bare.endsWith(':')) return [`${lead}${rule} ${first.slice(lead.length)}`, ...lines.slice(1)];
  const ended = /[.!?]["')\]*_`]*$/.test(bare) ? bare : `${bare}.`;
  return [...lines.slice(0, -1), `${ended} ${rule}${last.slice(stripLineEnd(last).length)}`];
}
