import { diffIndices } from 'node-diff3';

/** Lines [start, end) of one text that stand for lines [editedStart, editedEnd) of the edited one. */
export interface Block {
  readonly start: number;
  readonly end: number;
  readonly editedStart: number;
  readonly editedEnd: number;
}

/**
 * What was changed between two lists of lines. A run of removed or of added lines can often be read at
 * several places (the blank line before it, or the one behind); of those the place with the highest `score`
 * is taken.
 */
export function changedBlocks(
  lines: readonly string[],
  edited: readonly string[],
  score: (block: Block) => number,
): readonly Block[] {
  const blocks = diffIndices([...lines], [...edited]).map(({ buffer1, buffer2 }) => ({
    start: buffer1[0],
    end: buffer1[0] + buffer1[1],
    editedStart: buffer2[0],
    editedEnd: buffer2[0] + buffer2[1],
  }));
  return blocks.map((block, index) => {
    const low = blocks[index - 1]?.end ?? 0;
    const high = blocks[index + 1]?.start ?? lines.length;
    const places = [block, ...slide(block, -1, lines, edited, low), ...slide(block, 1, lines, edited, high)];
    return places.reduce((best, place) => (score(place) > score(best) ? place : best));
  });
}

/**
 * The other places of a pure removal or addition, step by step in one direction up to the neighbouring block.
 */
function slide(
  block: Block,
  step: 1 | -1,
  lines: readonly string[],
  edited: readonly string[],
  limit: number,
): Block[] {
  const removal = block.editedStart === block.editedEnd;
  if (!removal && block.start !== block.end) return [];
  const text = removal ? lines : edited;
  const places: Block[] = [];
  let at = block;
  for (;;) {
    const [first, behind] = removal ? [at.start, at.end] : [at.editedStart, at.editedEnd];
    const same = step > 0 ? text[first] === text[behind] : text[first - 1] === text[behind - 1];
    const room = step > 0 ? at.end < limit : at.start > limit;
    if (!same || !room) return places;
    at = {
      start: at.start + step,
      end: at.end + step,
      editedStart: at.editedStart + step,
      editedEnd: at.editedEnd + step,
    };
    places.push(at);
  }
}
