import { splitLines, stripLineEnd } from '../prompt/splitLines';
import type { Fix } from './finding';
import { type LintedPrompt, lineText } from './lintSubject';

/** Replaces a part of a line; `line` counts from 1, `at` from 0. */
export function replaceInLine(
  { document }: LintedPrompt,
  line: number,
  at: number,
  part: string,
  by: string,
): Pick<Fix, 'startLine' | 'before' | 'after' | 'edit'> {
  const before = document.lines[line - 1] ?? '';
  const edit = { at, part, by };
  return { startLine: line - 1, before, after: edited(before, [edit]), edit };
}

/** Edits that overlap an earlier one of the line are left out. */
export function edited(line: string, edits: readonly NonNullable<Fix['edit']>[]): string {
  let result = '';
  let done = 0;
  for (const { at, part, by } of [...edits].sort((a, b) => a.at - b.at)) {
    if (at < done) continue;
    result += line.slice(done, at) + by;
    done = at + part.length;
  }
  return result + line.slice(done);
}

/** Takes lines out, from 1, both included. */
export function deleteLines(
  { document }: LintedPrompt,
  line: number,
  endLine = line,
): Pick<Fix, 'startLine' | 'before' | 'after'> {
  return { startLine: line - 1, before: document.lines.slice(line - 1, endLine).join(''), after: '' };
}

/**
 * Lines of an instruction as they can go without harm: with the blank line after a paragraph, not where something is nested below it,
 * and not where its section would be left empty. `undefined` where they cannot.
 */
export function removableLines(
  prompt: LintedPrompt,
  instruction: {
    readonly line: number;
    readonly endLine: number;
    readonly listItem: boolean;
    readonly section: string;
  },
): { line: number; endLine: number } | undefined {
  const { line, endLine, listItem, section } = instruction;
  const { document } = prompt;
  if (document.instructions.filter((each) => each.section === section).length < 2) return undefined;
  const indent = (text: string) => text.length - text.trimStart().length;
  let next = endLine + 1;
  while (next <= document.lines.length && lineText(prompt, next).trim() === '') next++;
  if (!listItem) {
    const blank = endLine < document.lines.length && lineText(prompt, endLine + 1).trim() === '';
    return { line, endLine: blank ? endLine + 1 : endLine };
  }
  if (next > document.lines.length) return { line, endLine };
  return indent(lineText(prompt, next)) > indent(lineText(prompt, line)) ? undefined : { line, endLine };
}

/** Text that stands where it is said to: whole lines of the prompt. */
export function standsIn(text: string, { startLine, before }: Pick<Fix, 'startLine' | 'before'>): boolean {
  const lines = splitLines(text);
  const expected = splitLines(before);
  return expected.every(
    (line, index) => stripLineEnd(lines[startLine + index] ?? '\0') === stripLineEnd(line),
  );
}
