import type { LineRange, PromptBlock } from './blocks';
import { lineSet } from './lineSet';
import type { PromptSection } from './promptDocument';
import { sectionAt } from './sections';

const longestRow = 5_000;
const delimiterRow = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/**
 * Tables outside of code and comments, from the row of headings to the last row (GitHub Flavored Markdown 4.10): a row of dashes below a row
 * with a bar, and all that follows up to a blank line or the start of another block.
 */
export function findTables(
  lines: readonly string[],
  hidden: readonly LineRange[],
  sections: readonly PromptSection[],
): PromptBlock[] {
  const isHidden = lineSet(lines.length, hidden);
  const isRow = (index: number): boolean => {
    const line = lines[index];
    return (
      line !== undefined &&
      line.length <= longestRow &&
      line.trim() !== '' &&
      !isHidden(index + 1) &&
      !/^\s*(?:#{1,6}\s|>|```|~~~|[-*+]\s)/.test(line)
    );
  };
  const found: PromptBlock[] = [];
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const head = lines[index - 1] ?? '';
    if (!line.includes('|') || !head.includes('|') || !isRow(index - 1)) continue;
    if (line.length > longestRow || isHidden(index + 1) || !delimiterRow.test(line)) continue;
    const startLine = index;
    let end = index + 1;
    while (isRow(end)) end++;
    found.push({ startLine, endLine: end, section: sectionAt(sections, startLine) });
    index = end;
  }
  return found;
}
