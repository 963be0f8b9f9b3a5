import { diffArrays } from 'diff';

export interface ChangedText {
  readonly before: string;
  readonly after: string;
  /** Number of places that differ. */
  readonly blocks: number;
}

/** Texts that differ in more lines than this are taken as two whole texts: comparing them would take long. */
const mostEdits = 2_000;
/** Stands between two changed places. */
const gap = '…';

/** The lines in which two texts differ, without those that they share; `undefined` where they are the same. */
export function changedText(before: string, after: string): ChangedText | undefined {
  const removed: string[][] = [];
  const added: string[][] = [];
  let open = false;
  const changes = diffArrays(linesOf(before), linesOf(after), { maxEditLength: mostEdits });
  if (!changes) return { before, after, blocks: 1 };
  for (const change of changes) {
    if (!change.added && !change.removed) {
      open = false;
      continue;
    }
    if (!open) {
      removed.push([]);
      added.push([]);
      open = true;
    }
    (change.removed ? removed : added).at(-1)?.push(...change.value);
  }
  if (removed.length === 0) return undefined;
  return { before: joined(removed), after: joined(added), blocks: removed.length };
}

/** Without their ends: an editor may have changed these alone. */
function linesOf(text: string): string[] {
  return text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
}

function joined(blocks: readonly (readonly string[])[]): string {
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join(`\n${gap}\n`);
}
