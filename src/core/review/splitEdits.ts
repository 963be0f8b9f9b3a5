import type { Hunk } from '../model/improvement';
import { dominantLineEnd, splitLines } from '../prompt/splitLines';
import { applyHunks, hunkText } from './applyHunks';
import { type Block, changedBlocks } from './changedBlocks';
import { bareLines, placesIn } from './placeHunk';

export interface HunkEdit {
  readonly hunkId: string;
  readonly state: 'as-proposed' | 'reverted' | 'edited';
  /** The person's text in place of the hunk's, as whole lines; only for `edited`. */
  readonly after?: string;
}

export interface InterpretedEdits {
  /** One for each hunk given, in their order. */
  readonly hunks: readonly HunkEdit[];
  /** Something outside the hunks was changed too. */
  readonly editsElsewhere: boolean;
}

/** A hunk's own lines [start, end) in the proposed text. */
interface Region {
  readonly hunk: Hunk;
  readonly start: number;
  readonly end: number;
  readonly lead: number;
}

/**
 * Reads what a person left on the right side of a diff. `currentText` is its left side and `pending` apply to
 * it (as `ReviewState` gives them); a hunk may be there as proposed, taken out (Revert Block), or typed over.
 * Lines added at a hunk's edge are part of it. Line ends do not count as edits.
 */
export function interpretEdits(
  currentText: string,
  pending: readonly Hunk[],
  editedText: string,
): InterpretedEdits {
  const proposed = bareLines(applyHunks(currentText, pending));
  const edited = bareLines(editedText);
  const regions = findRegions(currentText, pending);
  const sharers = findSharedLines(regions);
  const blocks = changedBlocks(proposed, edited, (block) => score(block, regions, sharers));
  const eol = dominantLineEnd(currentText);

  const gaps: { readonly from: readonly [number, number]; readonly to: readonly [number, number] }[] = [];
  const edits = new Map<string, HunkEdit>();
  let at = 0;
  let editedAt = 0;
  for (const run of touchingRuns(regions)) {
    const [first, last] = [run[0], run.at(-1)];
    if (!first || !last) continue;
    const start = Math.max(editedAt, editedStartOf(blocks, first.start));
    const end = Math.max(start, editedEndOf(blocks, last.end));
    gaps.push({ from: [at, first.start], to: [editedAt, start] });
    at = last.end;
    editedAt = end;
    const untyped = explain(run, edited.slice(start, end));
    let from = start;
    for (const [index, region] of run.entries()) {
      const to = region === last ? end : Math.min(end, Math.max(from, editedEndOf(blocks, region.end)));
      const edit = untyped?.[index] ?? readRegion(region, edited.slice(from, to), eol);
      edits.set(region.hunk.hunkId, edit);
      from = to;
    }
  }
  gaps.push({ from: [at, proposed.length], to: [editedAt, edited.length] });

  const reverted = (hunkId: string) => edits.get(hunkId)?.state === 'reverted';
  const mayBeGone = (line: number) => sharers.get(line)?.every(reverted) ?? false;
  const untouched = gaps.every(({ from, to }) => {
    const lines = proposed.slice(...from);
    const needed = lines.filter((_, index) => !mayBeGone(from[0] + index));
    const found = edited.slice(...to);
    return sameLines(found, lines) || sameLines(found, needed);
  });
  return {
    hunks: pending.map(({ hunkId }) => edits.get(hunkId) ?? { hunkId, state: 'as-proposed' }),
    editsElsewhere: !untouched,
  };
}

function findRegions(currentText: string, pending: readonly Hunk[]): readonly Region[] {
  const places = placesIn(currentText, pending);
  return pending
    .flatMap((hunk, index) => {
      const place = places[index];
      if (!place) return [];
      const { start, lead } = place;
      return [{ hunk, start, end: start + ownLines({ hunk, lead }).length, lead }];
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

/**
 * Regions in runs without a line between them: which line of such a run was whose, only the whole run can
 * tell.
 */
function touchingRuns(regions: readonly Region[]): readonly (readonly Region[])[] {
  const runs: Region[][] = [];
  for (const region of regions) {
    const run = runs.at(-1);
    if (run?.at(-1)?.end === region.start) run.push(region);
    else runs.push([region]);
  }
  return runs;
}

/** Reads the lines as hunks that are each as proposed or reverted; undefined when something was typed. */
function explain([region, ...rest]: readonly Region[], found: readonly string[]): HunkEdit[] | undefined {
  if (!region) return found.length === 0 ? [] : undefined;
  const { hunkId, before } = region.hunk;
  const readings = [
    { state: 'as-proposed', lines: ownLines(region) },
    { state: 'reverted', lines: bareLines(before) },
  ] as const;
  for (const { state, lines } of readings) {
    if (!sameLines(found.slice(0, lines.length), lines)) continue;
    const others = explain(rest, found.slice(lines.length));
    if (others) return [{ hunkId, state }, ...others];
  }
  return undefined;
}

function ownLines({ hunk, lead }: Pick<Region, 'hunk' | 'lead'>): readonly string[] {
  return bareLines(hunkText(hunk)).slice(lead);
}

/** Lines that several hunks share (one new heading above their rules), with the ids of those hunks. */
function findSharedLines(regions: readonly Region[]): ReadonlyMap<number, readonly string[]> {
  const sharers = new Map<number, readonly string[]>();
  for (const { hunk, start, lead } of regions) {
    let missing = lead;
    for (let line = start - 1; line >= 0 && missing > 0; line--) {
      if (regions.some((region) => line >= region.start && line < region.end)) continue;
      sharers.set(line, [...(sharers.get(line) ?? []), hunk.hunkId]);
      missing--;
    }
  }
  return sharers;
}

/**
 * Prefers to read a removal as one of hunk lines, whole hunks above all, and an addition as one at a hunk's
 * place.
 */
function score(
  { start, end }: Block,
  regions: readonly Region[],
  sharers: ReadonlyMap<number, readonly string[]>,
): number {
  if (start === end) return regions.some((region) => region.start === start || region.end === start) ? 1 : 0;
  let owned = 0;
  for (let line = start; line < end; line++) {
    if (sharers.has(line) || regions.some((each) => line >= each.start && line < each.end)) owned += 2;
  }
  return owned + (regions.some((each) => each.start === start || each.end === end) ? 1 : 0);
}

/**
 * Where the text of a region that starts at `line` starts in the edited text. Of a block that began before
 * it, the first lines stay out.
 */
function editedStartOf(blocks: readonly Block[], line: number): number {
  let shift = 0;
  for (const { start, end, editedStart, editedEnd } of blocks) {
    if (start >= line) break;
    if (end > line) return Math.min(editedStart + (line - start), editedEnd);
    shift = editedEnd - end;
  }
  return line + shift;
}

/** Where it ends; lines added right behind the region are in it. */
function editedEndOf(blocks: readonly Block[], line: number): number {
  let shift = 0;
  for (const { start, end, editedStart, editedEnd } of blocks) {
    if (start > line || (start === line && end > line)) break;
    if (end > line) return Math.max(editedEnd - (end - line), editedStart);
    shift = editedEnd - end;
  }
  return line + shift;
}

function readRegion(region: Region, found: readonly string[], eol: string): HunkEdit {
  const { hunk, lead } = region;
  const [untyped] = explain([region], found) ?? [];
  if (untyped) return untyped;
  const shared = splitLines(hunkText(hunk)).slice(0, lead);
  return {
    hunkId: hunk.hunkId,
    state: 'edited',
    after: [...shared, ...found.map((line) => line + eol)].join(''),
  };
}

function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}
