import type { AgentEdit } from '../fileFindings';
import { ownLines, standsInstead } from './postEditInstead';
import { heldSecret, isTelling, lineNumber, sameButForFormat } from './postEditLines';
import { type Gap, KeyedLines, placeBlock } from './postEditPlacing';

/** What one hunk of an edit left in the file: the lines that the agent wrote, among those that stood around them. */
export interface AgentBlock {
  readonly lines: KeyedLines;
  /** Which of them the agent wrote, and can be known again. */
  readonly own: readonly boolean[];
  /** What stood there before the agent came. */
  readonly old: readonly string[];
}

/** Lines of the agent, and what stands there instead (nothing where they were deleted). */
export interface Change {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Nothing that the agent wrote at this place is left, so that it may never have been there. */
  readonly whole: boolean;
  readonly old: readonly string[];
}

/** A line of at least this many characters that stands elsewhere now was moved; shorter ones are found anywhere. */
const movedLength = 12;

/** @param removed numbers of the lines that agents took out later, so that no person did */
export function blocksOf(
  { hunks }: Pick<AgentEdit, 'hunks'>,
  removed: ReadonlySet<number>,
): readonly AgentBlock[] {
  return hunks.map(({ marks, lines }) => {
    const marked = lines.map((text, index) => ({ text, mark: marks[index] ?? ' ' }));
    const old = marked.filter(({ mark }) => mark === '-').map(({ text }) => text);
    const all = new KeyedLines(marked.filter(({ mark }) => mark !== '-').map(({ text }) => text));
    const marksLeft = marked.filter(({ mark }) => mark !== '-').map(({ mark }) => mark);
    const stays = all.keys.map((key) => !isTelling(key) || !removed.has(lineNumber(key)));
    const own = all.texts.map((text, index) => marksLeft[index] === '+' && !heldSecret(text));
    return {
      lines: new KeyedLines(all.texts.filter((_, index) => stays[index])),
      own: own.filter((_, index) => stays[index]),
      old,
    };
  });
}

/** What became of a block in a later text; undefined when it cannot be told where the block would stand. */
export function changesOf(
  block: AgentBlock,
  text: KeyedLines,
): { readonly changes: readonly Change[]; readonly present: boolean } | undefined {
  const { lines, own, old } = block;
  const placing = placeBlock(lines, text);
  if (!placing) return undefined;
  const present = lines.keys.some((key, index) => own[index] && placing.kept.has(index) && isTelling(key));
  const kept = new Map<string, number>();
  for (const index of placing.kept) {
    const key = lines.keys[index] ?? '';
    kept.set(key, (kept.get(key) ?? 0) + 1);
  }
  const isMoved = (key: string): boolean =>
    key.length >= movedLength && (text.places.get(key)?.length ?? 0) > (kept.get(key) ?? 0);
  const changes = placing.gaps.flatMap((gap) => {
    const isGone = (index: number): boolean => {
      const key = lines.keys[index] ?? '';
      return own[index] === true && isTelling(key) && !isMoved(key);
    };
    const change = changeIn(gap, block, text, isGone);
    return change ? [{ ...change, whole: !present, old }] : [];
  });
  return { changes, present };
}

function changeIn(
  gap: Gap,
  block: AgentBlock,
  text: KeyedLines,
  isGone: (index: number) => boolean,
): Pick<Change, 'before' | 'after'> | undefined {
  const inside = Array.from({ length: gap.to - gap.from }, (_, offset) => gap.from + offset);
  const gone = inside.filter(isGone);
  const [first, last] = [gone[0], gone.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const stands = text.texts.slice(gap.textFrom, gap.textTo);
  if (sameButForFormat(block.lines.texts.slice(gap.from, gap.to), stands)) return undefined;
  const before = ownLines(block, first, last);
  const after = standsInstead(gap, block, text, [first, last]);
  return sameButForFormat(before, stands) || sameButForFormat(before, after) ? undefined : { before, after };
}
