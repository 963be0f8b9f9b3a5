import { diffArrays } from 'diff';
import type { Hunk } from '../../core/model/improvement';
import type { ReviewState } from '../../core/review/improvementReview';
import { mapLines } from '../../core/review/lineMap';

/** Where a hunk stands in the document on the right side. Lines count from 0; a hunk without lines there has `lines` 0. */
export interface HunkLocation {
  readonly hunk: Hunk;
  readonly line: number;
  readonly lines: number;
  /** Lines of a pending hunk as they are proposed; what stands there may have been typed over. */
  readonly proposed?: readonly string[];
}

/** Lines without their ends: VS Code's documents have one kind of line end, prompts may have two. */
function splitLines(text: string): string[] {
  return text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
}

/** The lines of `to` in which it differs from `from`; of a pure removal the place where it was. */
function changedLines(from: string[], to: string[]): { start: number; end: number } {
  let line = 0;
  let start: number | undefined;
  let end = 0;
  for (const change of diffArrays(from, to)) {
    if (change.added || change.removed) {
      start ??= line;
      end = line + (change.added ? change.value.length : 0);
    }
    if (!change.removed) line += change.value.length;
  }
  return { start: start ?? 0, end };
}

function hunkLines(text: string): string[] {
  return text === '' ? [] : splitLines(text.replace(/(?:\r\n|\r|\n)$/, ''));
}

/**
 * Where a decided hunk stands in the left side. Its first lines may be missing there: a new heading stands once, whoever
 * brought it.
 */
function findDecided(current: readonly string[], hunk: Hunk): { start: number; length: number } {
  const text = hunk.decision === 'accepted' ? (hunk.editedAfter ?? hunk.after) : hunk.before;
  for (let wanted = hunkLines(text); wanted.length > 0; wanted = wanted.slice(1)) {
    const starts = current.flatMap((_, start) =>
      wanted.every((line, index) => current[start + index] === line) ? [start] : [],
    );
    const distance = (start: number) => Math.abs(start - hunk.startLine);
    const [nearest] = starts.sort((a, b) => distance(a) - distance(b));
    if (nearest !== undefined) return { start: nearest, length: wanted.length };
  }
  return { start: Math.min(hunk.startLine, current.length), length: 0 };
}

/**
 * Finds every hunk in the right side as it is now, with what the person typed. A pending hunk stands where the proposal
 * differs from the proposal without it. `apply` makes the text of some hunks on top of the left side.
 */
export function locateHunks(
  { improvement, currentText, pending }: ReviewState,
  apply: (hunks: readonly Hunk[]) => string,
  typedText: string,
): readonly HunkLocation[] {
  const typed = splitLines(typedText);
  const current = splitLines(currentText);
  const proposed = splitLines(apply(pending));
  const fromCurrent = mapLines(current, typed);
  const fromProposed = mapLines(proposed, typed);
  const at = (places: readonly number[], line: number) => places[Math.min(line, places.length - 1)] ?? 0;
  return improvement.hunks
    .flatMap((hunk) => {
      if (hunk.decision !== 'pending') {
        const { start, length } = findDecided(current, hunk);
        const line = at(fromCurrent, start);
        return [{ hunk, line, lines: at(fromCurrent, start + length) - line }];
      }
      // One whose change is there already has no place.
      if (!pending.some((one) => one.hunkId === hunk.hunkId)) return [];
      const others = pending.filter((one) => one.hunkId !== hunk.hunkId);
      const { start, end } = changedLines(splitLines(apply(others)), proposed);
      const line = at(fromProposed, start);
      return [{ hunk, line, lines: at(fromProposed, end) - line, proposed: proposed.slice(start, end) }];
    })
    .sort((a, b) => a.line - b.line);
}
