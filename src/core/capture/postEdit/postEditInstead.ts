import type { AgentBlock } from './postEditChanges';
import { heldSecret, isTelling, lineKey, similarity } from './postEditLines';
import type { Gap, KeyedLines } from './postEditPlacing';

/** Similarity from which on a line beside others is taken for the new form of one of them. */
const alikeFrom = 0.5;
/** Lines that may stand in the place of so many. */
const most = (lines: number): number => lines * 2 + 8;

/**
 * What stands in a text instead of the agent's lines `first` to `last`, which lie in a gap: all that stands in the gap where
 * its bounds are known and only the agent's lines are gone, else the lines that look like them.
 */
export function standsInstead(
  gap: Gap,
  block: AgentBlock,
  text: KeyedLines,
  [first, last]: readonly [number, number],
): readonly string[] {
  const before = ownLines(block, first, last);
  const { from, to, bounded, ...place } = narrowed(gap, block, text, [first, last]);
  let { textFrom, textTo } = place;
  // Brackets and the like beside the lines stand there still.
  const { keys } = block.lines;
  for (let index = from; index < first && keys[index] === text.keys[textFrom]; index++) textFrom += 1;
  for (let index = to - 1; index > last && keys[index] === text.keys[textTo - 1]; index--) textTo -= 1;
  const stands = text.texts.slice(textFrom, Math.max(textFrom, textTo));
  const rivals = block.lines.texts.filter(
    (line, index) =>
      index >= from && index < to && !block.own[index] && (heldSecret(line) || isTelling(lineKey(line))),
  );
  const sane = bounded && stands.length <= most(before.length);
  const alike = sane && rivals.length === 0 ? stands : likeThose(before, stands, rivals);
  return withoutBlankEnds(sane && alike.length === 0 ? stands : alike);
}

export function ownLines({ lines, own }: AgentBlock, first: number, last: number): readonly string[] {
  return lines.texts.slice(first, last + 1).filter((_, offset) => own[first + offset]);
}

/**
 * A gap at an end of the block ends where the file does, if the block begins or ends with what the agent wrote, or at the
 * nearest line that is the same as the one beside the agent's, be it only a bracket.
 */
function narrowed(
  gap: Gap,
  { lines, own }: AgentBlock,
  text: KeyedLines,
  [first, last]: readonly [number, number],
): Gap & { readonly bounded: boolean } {
  const isOther = (index: number): boolean => !own[index] && lines.keys[index] !== '';
  const keys = text.keys.slice(gap.textFrom, gap.textTo);
  if (gap.open === 'before') {
    let beside = first - 1;
    while (beside >= gap.from && !isOther(beside)) beside -= 1;
    if (beside < gap.from) return { ...gap, bounded: gap.textFrom === 0 && own[0] === true };
    const place = keys.lastIndexOf(lines.keys[beside] ?? '');
    if (place < 0) return { ...gap, bounded: false };
    return { ...gap, from: beside + 1, textFrom: gap.textFrom + place + 1, bounded: true };
  }
  if (gap.open === 'after') {
    let beside = last + 1;
    while (beside < gap.to && !isOther(beside)) beside += 1;
    if (beside >= gap.to) return { ...gap, bounded: gap.textTo === text.keys.length && own.at(-1) === true };
    const place = keys.indexOf(lines.keys[beside] ?? '');
    if (place < 0) return { ...gap, bounded: false };
    return { ...gap, to: beside, textTo: gap.textFrom + place, bounded: true };
  }
  return { ...gap, bounded: true };
}

/**
 * Of lines of which some may be other lines' new forms, or stood there already, those that look like new forms of the
 * agent's, and what lies between them.
 */
function likeThose(
  before: readonly string[],
  stands: readonly string[],
  rivals: readonly string[],
): readonly string[] {
  const likest = (formers: readonly string[], line: string): number =>
    Math.max(0, ...formers.map((former) => similarity(former, line)));
  const isAlike = (line: string): boolean => {
    const found = likest(before, line);
    return found >= alikeFrom && found > likest(rivals, line);
  };
  const first = stands.findIndex(isAlike);
  if (first < 0) return [];
  return stands.slice(first, stands.findLastIndex(isAlike) + 1).slice(0, most(before.length));
}

function withoutBlankEnds(lines: readonly string[]): readonly string[] {
  const said = (line: string): boolean => line.trim() !== '';
  const first = lines.findIndex(said);
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex(said) + 1);
}
