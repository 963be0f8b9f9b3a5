import { PipelineError } from '../errors';
import type { Hunk } from '../model/improvement';
import { byteOrderMark, dominantLineEnd, endsLine, splitLines } from '../prompt/splitLines';

interface Change {
  readonly hunkId: string;
  readonly start: number;
  /** Line after the last one that is replaced; equal to `start` for an insertion. */
  readonly end: number;
  readonly lines: readonly string[];
}

/** What a hunk adds: the person's own wording where they gave one. */
export function hunkText(hunk: Pick<Hunk, 'after' | 'editedAfter'>): string {
  return hunk.editedAfter ?? hunk.after;
}

/**
 * The base text with the given hunks applied; a hunk's `editedAfter` counts before its `after`. The order in which they are
 * given does not matter: insertions at one place stand in the order of their leads and ids, and share the blank
 * lines and the new heading that they begin with, so that each of them stands well alone. The byte-order mark, the line
 * ends and a missing last line end stay as they are in the base.
 * @throws PipelineError MERGE_CONFLICT (subject: the hunk's id) when a hunk's lines are not in the base, or two hunks overlap
 */
export function applyHunks(base: string, hunks: readonly Hunk[]): string {
  if (hunks.length === 0) return base;
  const mark = base.startsWith(byteOrderMark) ? byteOrderMark : '';
  const text = base.slice(mark.length);
  const eol = dominantLineEnd(text);
  const open = text !== '' && !endsLine(text);
  const lines = splitLines(open ? text + eol : text);
  // A prompt that knows only CRLF stays so, also when an editor handed over bare LF.
  const onlyCrlf = text.includes('\r\n') && !/(?:^|[^\r])\n/.test(text);
  const unique = [...new Map(hunks.map((hunk) => [hunk.hunkId, hunk])).values()];
  const changes = unique.map((hunk) => locate(hunk, lines, eol, onlyCrlf, mark.length)).sort(byPlace);
  const result = weave(lines, changes);
  return mark + (open ? result.replace(/(?:\r\n|\r|\n)$/, '') : result);
}

function withoutMark(text: string): string {
  return text.startsWith(byteOrderMark) ? text.slice(byteOrderMark.length) : text;
}

function wholeLines(text: string, eol: string): string {
  return text === '' || endsLine(text) ? text : text + eol;
}

function locate(hunk: Hunk, lines: readonly string[], eol: string, onlyCrlf: boolean, marks: number): Change {
  const expected = splitLines(wholeLines(withoutMark(hunk.before), eol));
  // A lone byte-order mark counts as a line for who reads the prompt, and as none here.
  const start = lines.length === 0 ? Math.max(0, hunk.startLine - marks) : hunk.startLine;
  const end = start + expected.length;
  const found = lines.slice(start, end);
  if (end > lines.length || found.some((line, index) => line !== expected[index])) {
    throw conflict(hunk.hunkId, `its lines do not stand at line ${start + 1} of the prompt`);
  }
  const after = wholeLines(withoutMark(hunkText(hunk)), eol);
  return {
    hunkId: hunk.hunkId,
    start,
    end,
    lines: splitLines(onlyCrlf ? after.replace(/\r?\n/g, '\r\n') : after),
  };
}

function byPlace(a: Change, b: Change): number {
  if (a.start !== b.start) return a.start - b.start;
  const insertsFirst = Number(a.end > a.start) - Number(b.end > b.start);
  if (insertsFirst !== 0) return insertsFirst;
  // Those with one lead (a new heading, say) stand together, so that they can share it.
  const [leadA, leadB] = [a, b].map((change) => change.lines.slice(0, leadOf(change.lines)).join(''));
  if (leadA !== undefined && leadB !== undefined && leadA !== leadB) return leadA < leadB ? -1 : 1;
  return a.hunkId < b.hunkId ? -1 : 1;
}

function weave(lines: readonly string[], changes: readonly Change[]): string {
  const out: string[] = [];
  let at = 0;
  let former: Change | undefined;
  for (const change of changes) {
    if (change.start < at) {
      throw conflict(change.hunkId, `it overlaps hunk ${former?.hunkId ?? ''}`);
    }
    const sharesPlace = former !== undefined && former.start === change.start && former.end === change.start;
    out.push(...lines.slice(at, change.start));
    out.push(...change.lines.slice(sharesPlace ? sharedLead(former, change) : 0));
    at = change.end;
    former = change;
  }
  return [...out, ...lines.slice(at)].join('');
}

/** Number of leading lines (blank lines and one heading, before a list item) that two insertions at one place have in common. */
function sharedLead(former: Change | undefined, change: Change): number {
  const lead = leadOf(change.lines);
  if (former === undefined || lead !== leadOf(former.lines)) return 0;
  return change.lines.slice(0, lead).every((line, index) => line === former.lines[index]) ? lead : 0;
}

function leadOf(lines: readonly string[]): number {
  const item = lines.findIndex((line) => /^\s*(?:[-*+]|\d+[.)])\s/.test(line));
  const lead = lines.slice(0, Math.max(item, 0));
  return lead.every((line) => line.trim() === '' || /^#{1,6}\s/.test(line)) ? lead.length : 0;
}

function conflict(hunkId: string, what: string): PipelineError {
  return new PipelineError('MERGE_CONFLICT', `Hunk ${hunkId} cannot be applied: ${what}.`, {
    subject: hunkId,
    remedy:
      'Run the improvement again, so that it is made for the prompt as it stands now. Nothing was changed.',
  });
}
