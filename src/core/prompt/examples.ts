import type { LineRange, PromptBlock, PromptLabel } from './blocks';
import type { PromptSection } from './promptDocument';
import { sectionAt } from './sections';
import type { TagSection } from './tags';

const heading = /\b(?:examples?|samples?|few[- ]shots?)\b/i;
const label =
  /^(?:[\p{So}\p{S}✓✗]\s*)*(?:(?:(?:good|bad|wrong|right|correct|incorrect|better|worse|do|don['’]t|dont|avoid|prefer)\b.{0,30})|.*\b(?:examples?|for instance|e\.g\.?))$/iu;
const tag = /^(?:good|bad)?[-_]?(?:examples?|samples?|commentary)$/i;

/** What a label speaks of: the code, list or quote that follows it, with at most a blank line between. */
function below(line: number, blocks: readonly LineRange[]): number | undefined {
  const next = blocks.find(
    ({ startLine, endLine }) => startLine > line && startLine <= line + 2 && endLine >= line,
  );
  return next?.endLine;
}

/**
 * Where the prompt shows instead of tells: what stands below a heading that speaks of examples, with the headings beneath it,
 * between `<example>` tags, and the block behind a label such as "Example:" or "Bad:".
 */
export function findExamples(
  sections: readonly PromptSection[],
  tags: readonly TagSection[],
  labels: readonly PromptLabel[],
  blocks: readonly LineRange[],
): PromptBlock[] {
  const found: PromptBlock[] = [];
  for (const [index, section] of sections.entries()) {
    if (!heading.test(section.heading)) continue;
    let last = index;
    while ((sections[last + 1]?.depth ?? 0) > section.depth) last++;
    found.push({
      startLine: section.startLine,
      endLine: sections[last]?.endLine ?? section.endLine,
      section: section.path,
    });
  }
  for (const { name, startLine, endLine, section } of tags)
    if (tag.test(name)) found.push({ startLine, endLine, section });
  const starts = new Map(blocks.toReversed().map((block) => [block.startLine, block]));
  for (const { text, line } of labels) {
    if (!label.test(text)) continue;
    const near = [starts.get(line + 1), starts.get(line + 2)].flatMap((block) => block ?? []);
    const endLine = below(line, near);
    if (endLine !== undefined) found.push({ startLine: line, endLine, section: sectionAt(sections, line) });
  }
  return found.sort((a, b) => a.startLine - b.startLine || a.endLine - b.endLine);
}
