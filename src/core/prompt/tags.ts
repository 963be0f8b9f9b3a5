import type { LineRange, PromptBlock } from './blocks';
import { lineSet } from './lineSet';
import type { PromptSection } from './promptDocument';
import { sectionAt } from './sections';
import { stripLineEnd } from './splitLines';

/** `<rules>` … `</rules>`, each alone on its line: `startLine` and `endLine` are the lines of the two tags. */
export interface TagSection extends PromptBlock {
  readonly name: string;
}

/** A line that holds only an XML-like tag. CommonMark would take all that follows as HTML, up to the next blank line. */
export const tagLine = /^\s*<(\/)?([A-Za-z][\w.:-]*)(?:\s[^<>]*)?>\s*$/;

/** Tags that are closed, outside of code, by the line where they open. */
export function findTags(
  lines: readonly string[],
  code: readonly LineRange[],
  sections: readonly PromptSection[],
): TagSection[] {
  const inCode = lineSet(lines.length, code);
  const open = new Map<string, number[]>();
  const found: TagSection[] = [];
  for (const [index, line] of lines.entries()) {
    const match = line.length < 1000 && !inCode(index + 1) ? tagLine.exec(stripLineEnd(line)) : null;
    const name = match?.[2];
    if (match === null || name === undefined || /\/>\s*$/.test(line)) continue;
    const starts = open.get(name) ?? [];
    open.set(name, starts);
    if (match[1] === undefined) {
      starts.push(index + 1);
      continue;
    }
    const startLine = starts.pop();
    if (startLine !== undefined)
      found.push({ name, startLine, endLine: index + 1, section: sectionAt(sections, startLine) });
  }
  return found.sort((a, b) => a.startLine - b.startLine);
}
