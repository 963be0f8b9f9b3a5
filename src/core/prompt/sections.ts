import type { MarkdownTree } from './markdownTree';
import { plainText } from './plainText';
import type { PromptSection } from './promptDocument';

/** The headings of the top level, in order. A section's own text ends with its last line that is not blank before the next heading. */
export function findSections(tree: MarkdownTree, lines: readonly string[]): PromptSection[] {
  const headings = tree.children.flatMap((node) =>
    node.type === 'heading' && node.position !== undefined
      ? [
          {
            heading: plainText(node),
            depth: node.depth,
            startLine: node.position.start.line,
            headingEnd: node.position.end.line,
          },
        ]
      : [],
  );
  const stack: { heading: string; depth: number }[] = [];
  return headings.map(({ heading, depth, startLine, headingEnd }, index) => {
    while ((stack.at(-1)?.depth ?? 0) >= depth) stack.pop();
    stack.push({ heading, depth });
    let endLine = (headings[index + 1]?.startLine ?? lines.length + 1) - 1;
    while (endLine > headingEnd && (lines[endLine - 1] ?? '').trim() === '') endLine--;
    return { heading, depth, path: stack.map((each) => each.heading).join(' > '), startLine, endLine };
  });
}

/** The section that a line (from 1) stands in; none before the first heading. */
export function sectionOf(sections: readonly PromptSection[], line: number): PromptSection | undefined {
  let low = 0;
  let high = sections.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sections[middle]?.startLine ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  return sections[low - 1];
}

/** Path of the section that a line (from 1) stands in; empty before the first heading. */
export function sectionAt(sections: readonly PromptSection[], line: number): string {
  return sectionOf(sections, line)?.path ?? '';
}
