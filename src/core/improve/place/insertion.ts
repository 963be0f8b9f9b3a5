import { coverageWords } from '../../analysis/coverageWords';
import type { LineRange } from '../../prompt/blocks';
import { lineSet } from '../../prompt/lineSet';
import type { PromptList } from '../../prompt/lists';
import type { PromptDocument } from '../../prompt/promptDocument';
import { stripLineEnd } from '../../prompt/splitLines';
import { tagLine } from '../../prompt/tags';
import { demands } from './headingKinds';
import { nextMarker, usualBullet } from './listStyle';

/** Text put in behind a number of lines. */
export interface Insertion {
  readonly startLine: number;
  readonly after: string;
}

function lineAt({ lines }: PromptDocument, line: number): string {
  return stripLineEnd(lines[line - 1] ?? '').replace(/^\uFEFF/, '');
}

/** What an inserted block needs behind it, so that it stays apart from the line that follows. */
function tail(document: PromptDocument, startLine: number): string {
  const next = document.lines[startLine];
  const apart = next === undefined || next.trim() === '' || /^#{1,6}\s/.test(next);
  return apart || /^\s*<\//.test(next) ? '' : document.eol;
}

/** Rules stand in lists that tell, not in those that show. */
function listsIn(document: PromptDocument, { startLine, endLine }: LineRange): PromptList[] {
  const hidden = lineSet(document.lines.length, [
    ...document.examples,
    ...document.comments,
    ...document.tables,
  ]);
  const all = document.lists.filter(
    (list) => list.startLine >= startLine && list.endLine <= endLine && !hidden(list.startLine),
  );
  // A rule is no step; where steps are all there is, people make it the last one.
  const bullets = all.filter(({ ordered }) => !ordered);
  return bullets.length > 0 ? bullets : all;
}

/** Words that the rule shares with the items, over the root of the list's length. */
function likeness(document: PromptDocument, list: PromptList, rule: ReadonlySet<string>): number {
  const text = document.lines
    .slice(list.startLine - 1, list.endLine)
    .join(' ')
    .slice(0, 20_000);
  const own = new Set(coverageWords(text));
  return [...rule].filter((word) => own.has(word)).length / Math.sqrt(own.size + 10);
}

/**
 * Behind the last item of a list of the range: of several the one most like the rule, else the last. In histories people put half of the
 * new items last; behind the most alike item they put fewer.
 */
function intoList(document: PromptDocument, rule: string, range: LineRange): Insertion | undefined {
  const words = new Set(coverageWords(rule));
  const lists = listsIn(document, range).map((list) => ({ list, like: likeness(document, list, words) }));
  const list = lists.toReversed().sort((a, b) => b.like - a.like)[0]?.list;
  const marker = list === undefined ? undefined : nextMarker(document, list);
  if (list === undefined || marker === undefined) return undefined;
  const apart = list.loose ? document.eol : '';
  const after = `${apart}${marker}${rule}${document.eol}${tail(document, list.endLine)}`;
  return { startLine: list.endLine, after };
}

/** The last line of the range behind which text may stand: not behind the end of a tag or a rule across the page that closes it. */
function lastOpenLine(document: PromptDocument, { startLine, endLine }: LineRange): number {
  const heading = document.sections.find((section) => section.startLine === startLine);
  const first = heading === undefined ? startLine - 1 : startLine + (isSetext(document, startLine) ? 1 : 0);
  const opened = new Map(document.tags.map((tag) => [tag.endLine, tag.startLine]));
  let line = endLine;
  while (line > first) {
    const text = lineAt(document, line);
    const tag = tagLine.exec(text);
    // An example between tags is complete; what is put behind it stands outside.
    if (tag !== null && document.examples.some((each) => each.endLine === line && opened.has(line))) break;
    const closes = tag?.[1] !== undefined && opened.has(line);
    if (
      !closes &&
      text.trim() !== '' &&
      !/^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/.test(text)
    )
      break;
    line--;
  }
  return Math.max(line, first);
}

function isSetext(document: PromptDocument, line: number): boolean {
  return !/^ {0,3}#/.test(lineAt(document, line));
}

/** Every rule of the range is a paragraph of its own. */
function inParagraphs(document: PromptDocument, { startLine, endLine }: LineRange): boolean {
  const own = document.instructions.filter((each) => each.line >= startLine && each.endLine <= endLine);
  return (
    own.length >= 2 &&
    own.every((each) => !each.listItem && each.endLine - each.line < 3) &&
    own.filter(({ text }) => demands(text)).length * 2 > own.length
  );
}

function atEnd(document: PromptDocument, rule: string, range: LineRange, lead: string): Insertion {
  const line = lastOpenLine(document, range);
  const apart = line > document.frontmatterLines && lineAt(document, line).trim() !== '' ? document.eol : '';
  return { startLine: line, after: `${apart}${lead}${rule}${document.eol}${tail(document, line)}` };
}

/** Ways to put a rule into the lines of a section, in its style, the best first. */
export function insertionsIn(document: PromptDocument, rule: string, range: LineRange): Insertion[] {
  const bullet = `${usualBullet(document)} `;
  const list = intoList(document, rule, range);
  const end = atEnd(document, rule, range, bullet);
  if (list !== undefined) return [list, end];
  return inParagraphs(document, range) ? [atEnd(document, rule, range, ''), end] : [end];
}
