import { lineSet } from '../../prompt/lineSet';
import { markdownTree } from '../../prompt/markdownTree';
import { type PromptDocument, readPrompt } from '../../prompt/promptDocument';
import { endsLine, splitLines, stripLineEnd } from '../../prompt/splitLines';
import type { Insertion } from './insertion';

/** The text with the insertion, its last line closed before it. */
function textWith({ lines, eol }: PromptDocument, { startLine, after }: Insertion): string {
  const before = lines.slice(0, startLine).join('');
  const closed = before === '' || endsLine(before) || before === '\uFEFF' ? before : before + eol;
  return closed + after + lines.slice(startLine).join('');
}

/** Headings as plain CommonMark has them, where a line with a lone tag hides what follows up to a blank line. */
function strictOutline({ lines, frontmatterLines }: PromptDocument): string[] {
  const body = lines.slice(frontmatterLines).map((line) => stripLineEnd(line).slice(0, 1_000));
  return markdownTree(body).children.flatMap((node) =>
    node.type === 'heading'
      ? [`${node.depth} ${body[(node.position?.start.line ?? 0) - 1]?.trim() ?? ''}`]
      : [],
  );
}

const outlines = new WeakMap<PromptDocument, readonly string[]>();

function outlineOf(document: PromptDocument): readonly string[] {
  const known = outlines.get(document) ?? strictOutline(document);
  outlines.set(document, known);
  return known;
}

function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}

function withoutAdded(outline: readonly string[], heading: string | undefined): readonly string[] {
  const place = heading === undefined ? -1 : outline.lastIndexOf(heading);
  return place < 0 ? outline : outline.filter((_, index) => index !== place);
}

/**
 * The inserted text reads back as an instruction, outside of code, comments, tables and examples; all other instructions, the outline and
 * the frontmatter are as they were.
 * @param heading a heading that the insertion brings, as depth and source line ("2 ## Rules")
 */
export function fitsIn(document: PromptDocument, insertion: Insertion, heading?: string): boolean {
  const { startLine, after } = insertion;
  if (startLine < document.frontmatterLines) return false;
  const now = readPrompt(textWith(document, insertion));
  if (now.frontmatterLines !== document.frontmatterLines) return false;
  const added = splitLines(after).length;
  const isNew = (line: number) => line > startLine && line <= startLine + added;
  const hidden = lineSet(now.lines.length, [
    ...now.codeBlocks,
    ...now.comments,
    ...now.tables,
    ...now.examples,
  ]);
  const own = now.instructions.filter(({ line }) => isNew(line));
  if (own.length === 0 || own.some(({ line }) => hidden(line))) return false;
  const others = now.instructions.filter(({ line }) => !isNew(line)).map(({ text }) => text);
  if (
    !sameLines(
      others,
      document.instructions.map(({ text }) => text),
    )
  )
    return false;
  const paths = now.sections.filter((each) => !isNew(each.startLine)).map(({ path }) => path);
  if (
    !sameLines(
      paths,
      document.sections.map(({ path }) => path),
    )
  )
    return false;
  return sameLines(withoutAdded(outlineOf(now), heading), outlineOf(document));
}
