import type { MarkdownTree } from './markdownTree';
import { plainText } from './plainText';
import type { PromptSection } from './promptDocument';
import { sectionAt } from './sections';

/** Lines from 1, both included. */
export interface LineRange {
  readonly startLine: number;
  readonly endLine: number;
}

export interface PromptBlock extends LineRange {
  /** Path of the section that it stands in; empty before the first heading. */
  readonly section: string;
}

export interface CodeBlock extends PromptBlock {
  /** First word behind the fence; empty where there is none. */
  readonly language: string;
}

/** A line that people use as a heading without marking it as one: bold words alone, or a few words and a colon. */
export interface PromptLabel {
  readonly text: string;
  readonly line: number;
  readonly section: string;
  readonly bold: boolean;
}

export interface PromptBlocks {
  readonly codeBlocks: readonly CodeBlock[];
  /** Blocks of HTML, not what stands within a paragraph. */
  readonly html: readonly LineRange[];
  readonly labels: readonly PromptLabel[];
}

interface AnyNode {
  readonly type: string;
  readonly position?:
    | { readonly start: { readonly line: number }; readonly end: { readonly line: number } }
    | undefined;
  readonly children?: readonly AnyNode[];
  readonly value?: unknown;
  readonly lang?: unknown;
}

const mostLabelWords = 8;

function labelOf(node: AnyNode): { text: string; bold: boolean } | undefined {
  const { children = [], position } = node;
  if (node.type !== 'paragraph' || position === undefined || position.start.line !== position.end.line)
    return undefined;
  const text = plainText(node);
  const bold =
    children[0]?.type === 'strong' &&
    (children.length === 1 || /^:\s*$/.test(plainText({ type: 'rest', children: children.slice(1) })));
  const short = text.split(' ').length <= mostLabelWords && text.endsWith(':');
  return text !== '' && (bold || short) ? { text: text.replace(/\s*:$/, ''), bold } : undefined;
}

/** Code, blocks of HTML and labels at any depth, in the order of their lines. */
export function findBlocks(tree: MarkdownTree, sections: readonly PromptSection[]): PromptBlocks {
  const codeBlocks: CodeBlock[] = [];
  const html: LineRange[] = [];
  const labels: PromptLabel[] = [];
  const pending: AnyNode[] = [tree];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const startLine = node.position?.start.line ?? 0;
    const endLine = node.position?.end.line ?? startLine;
    if (node.type === 'code') {
      const language = typeof node.lang === 'string' ? node.lang : '';
      codeBlocks.push({ startLine, endLine, section: sectionAt(sections, startLine), language });
    } else if (node.type === 'html') {
      html.push({ startLine, endLine });
    }
    const label = labelOf(node);
    if (label !== undefined)
      labels.push({ ...label, line: startLine, section: sectionAt(sections, startLine) });
    if (node.type === 'paragraph' || node.type === 'heading') continue;
    for (const child of (node.children ?? []).toReversed()) pending.push(child);
  }
  return { codeBlocks, html, labels };
}
