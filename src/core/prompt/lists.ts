import type { MarkdownTree } from './markdownTree';
import type { PromptSection } from './promptDocument';
import { sectionAt } from './sections';

/** A list of the top level. Lines count from 1; an item's `endLine` includes what is nested in it. */
export interface PromptList {
  readonly section: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly ordered: boolean;
  /** Blank lines stand between its items. */
  readonly loose: boolean;
  readonly items: readonly { readonly line: number; readonly endLine: number }[];
}

export function findLists(tree: MarkdownTree, sections: readonly PromptSection[]): PromptList[] {
  return tree.children.flatMap((node) => {
    if (node.type !== 'list' || node.position === undefined) return [];
    const items = node.children.map((item) => ({
      line: item.position?.start.line ?? 0,
      endLine: item.position?.end.line ?? 0,
    }));
    return [
      {
        section: sectionAt(sections, node.position.start.line),
        startLine: node.position.start.line,
        endLine: node.position.end.line,
        ordered: node.ordered === true,
        loose: items.some((item, index) => index > 0 && item.line > (items[index - 1]?.endLine ?? 0) + 1),
        items,
      },
    ];
  });
}
