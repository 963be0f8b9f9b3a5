import type { MarkdownTree } from './markdownTree';
import { plainText } from './plainText';
import type { Instruction, PromptSection } from './promptDocument';
import { sectionAt } from './sections';

type Block = MarkdownTree['children'][number];
type Item = Extract<Block, { type: 'list' }>['children'][number];

/** A label ("Examples:"), a row of a table or a lone word tells the agent nothing. */
function bearsSentence(text: string): boolean {
  if (text.startsWith('|')) return false;
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0;
  if (text.endsWith(':') && words < 8) return false;
  return words >= 5 || (words >= 2 && /[.!?]["')\]]?(?:\s|$)/.test(text));
}

function ofItem(item: Item, sections: readonly PromptSection[]): Instruction[] {
  const own = item.children.filter((child) => child.type === 'paragraph');
  const nested = item.children.filter((child) => child.type !== 'paragraph');
  const text = own.map(plainText).join(' ').trim();
  const line = item.position?.start.line ?? 0;
  const endLine = own.at(-1)?.position?.end.line ?? line;
  const section = sectionAt(sections, line);
  const instruction = { text, line, endLine, section, listItem: true };
  return [...(/\p{L}/u.test(text) ? [instruction] : []), ...findIn(nested, sections)];
}

function findIn(blocks: readonly Block[], sections: readonly PromptSection[]): Instruction[] {
  return blocks.flatMap((block) => {
    if (block.type === 'list') return block.children.flatMap((item) => ofItem(item, sections));
    if (block.type === 'blockquote') return findIn(block.children, sections);
    if (block.type !== 'paragraph') return [];
    const text = plainText(block);
    if (!bearsSentence(text)) return [];
    const line = block.position?.start.line ?? 0;
    const endLine = block.position?.end.line ?? line;
    return [{ text, line, endLine, section: sectionAt(sections, line), listItem: false }];
  });
}

/** List items and sentence-bearing paragraphs outside of code, in the order of their lines. */
export function findInstructions(tree: MarkdownTree, sections: readonly PromptSection[]): Instruction[] {
  return findIn(tree.children, sections).sort((a, b) => a.line - b.line);
}
