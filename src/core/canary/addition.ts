import { diffArrays } from 'diff';
import { PipelineError } from '../errors';
import { type PromptDocument, readPrompt } from '../prompt/promptDocument';
import { splitLines, stripLineEnd } from '../prompt/splitLines';
import { decodePrompt, encodePrompt } from '../templates/promptText';
import { mostAddedCharacters } from './defaults';

/** Lines (from 1) of the candidate, both included. */
interface Run {
  readonly first: number;
  readonly last: number;
}

/**
 * What a candidate adds to a prompt file that every session reads: its lines, with the headings that they stand under.
 * @throws PipelineError INVALID_INPUT for a change that cannot be given as an addition, RECORD_UNREADABLE for what is not UTF-8
 */
export function additionOf(baseline: Uint8Array, candidate: Uint8Array, subject = 'CLAUDE.md'): Uint8Array {
  const text = decodePrompt(candidate, subject);
  const document = readPrompt(text);
  const runs = addedRuns(linesOf(decodePrompt(baseline, subject)), linesOf(text), subject);
  const isAdded = (line: number) => runs.some(({ first, last }) => first <= line && line <= last);
  const parts: string[] = [];
  let shown = '';
  for (const run of runs) {
    requireWhole(document, run, isAdded, subject);
    const headings = headingsAbove(document, run.first).filter((line) => !isAdded(line));
    const heads = headings.map((line) => textOf(document, line));
    const lines = textOf(document, run.first, run.last);
    if (heads.join('\n') !== shown) parts.push(...heads, lines);
    else parts.push(lines);
    shown = heads.join('\n');
  }
  if (parts.length === 0) throw refused(subject, 'adds nothing');
  const addition = `${parts.join('\n\n')}\n`;
  if (addition.length > mostAddedCharacters) {
    throw refused(subject, `adds more than ${mostAddedCharacters.toLocaleString('en')} characters`);
  }
  return encodePrompt(addition);
}

const linesOf = (text: string) => splitLines(text).map(stripLineEnd);

const textOf = ({ lines }: PromptDocument, first: number, last = first): string =>
  lines
    .slice(first - 1, last)
    .map(stripLineEnd)
    .join('\n');

/** Runs of lines that only the new text has, without blank lines around; a run of blank lines is none. */
function addedRuns(from: readonly string[], to: readonly string[], subject: string): readonly Run[] {
  const runs: Run[] = [];
  let line = 1;
  for (const { removed, added, value } of diffArrays([...from], [...to])) {
    if (removed) {
      if (value.some((each) => each.trim() !== '')) throw refused(subject, 'changes or removes lines');
      continue;
    }
    if (added) {
      const isText = (each: string) => each.trim() !== '';
      const first = value.findIndex(isText);
      if (first >= 0) runs.push({ first: line + first, last: line + value.findLastIndex(isText) });
    }
    line += value.length;
  }
  return runs;
}

/** Lines of the headings that the line stands under, the outermost first. */
function headingsAbove({ sections }: PromptDocument, line: number): readonly number[] {
  const above: number[] = [];
  let depth = Number.POSITIVE_INFINITY;
  for (const section of sections.toReversed()) {
    if (section.startLine > line || section.depth >= depth) continue;
    depth = section.depth;
    above.unshift(section.startLine);
  }
  return above;
}

/** What continues something that was there means nothing by itself. */
function requireWhole(
  document: PromptDocument,
  { first, last }: Run,
  isAdded: (line: number) => boolean,
  subject: string,
): void {
  if (first <= document.frontmatterLines) throw refused(subject, 'changes the frontmatter');
  const inside = [...document.codeBlocks, ...document.tables].some(
    ({ startLine, endLine }) => startLine <= last && endLine >= first && !isAdded(startLine),
  );
  const continues = /^[ \t]/.test(document.lines[first - 1] ?? '');
  if (inside || continues) throw refused(subject, `continues, in line ${first}, what was there before`);
}

function refused(subject: string, why: string): PipelineError {
  return new PipelineError('INVALID_INPUT', `The candidate for ${subject} ${why}.`, {
    subject,
    remedy:
      'Sessions are given the file itself and can only be told more: what adds whole lines can be tried on some of them. Deploy this one instead, and compare before with after; nothing was written.',
  });
}
