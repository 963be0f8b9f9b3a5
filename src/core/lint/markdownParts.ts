import { markdownTree } from '../prompt/markdownTree';
import { type PromptDocument, readable } from '../prompt/promptDocument';
import { stripLineEnd } from '../prompt/splitLines';

/** A piece of one line; `line` counts from 1, `at` from 0. */
export interface Piece {
  readonly value: string;
  readonly line: number;
  readonly at: number;
}

export interface CodeBlock {
  readonly language: string;
  /** Lines of the block with its fences, from 1. */
  readonly line: number;
  readonly endLine: number;
  readonly fenced: boolean;
}

/** What the check looks at besides instructions. What stands in code blocks is in `blocks` alone. */
export interface MarkdownParts {
  readonly codeSpans: readonly Piece[];
  readonly links: readonly Piece[];
  readonly texts: readonly Piece[];
  readonly blocks: readonly CodeBlock[];
  /** Values of `id` and `name` in HTML. */
  readonly anchors: ReadonlySet<string>;
}

interface Point {
  readonly line: number;
  readonly column: number;
}
interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly url?: unknown;
  readonly lang?: unknown;
  readonly children?: readonly Node[];
  readonly position?: { readonly start: Point; readonly end: Point } | undefined;
}

class Collector {
  readonly codeSpans: Piece[] = [];
  readonly links: Piece[] = [];
  readonly texts: Piece[] = [];
  readonly blocks: CodeBlock[] = [];
  readonly anchors = new Set<string>();

  constructor(private readonly lines: readonly string[]) {}

  visit(node: Node): void {
    const { type, position, value } = node;
    if (position !== undefined) {
      const { start, end } = position;
      if (type === 'inlineCode' && typeof value === 'string')
        this.#add(this.codeSpans, value, start, end.line);
      if ((type === 'link' || type === 'definition' || type === 'image') && typeof node.url === 'string')
        this.#add(this.links, node.url, start, end.line);
      if (type === 'text') this.#addText(start, end);
      if (type === 'code') this.#addBlock(node, start, end);
    }
    if (type === 'html' && typeof value === 'string') this.addAnchors(value);
    for (const child of node.children ?? []) this.visit(child);
  }

  addAnchors(html: string): void {
    for (const [, id = ''] of html.matchAll(/\b(?:id|name)\s*=\s*["']?([^"'\s>]+)/g)) this.anchors.add(id);
  }

  #add(to: Piece[], value: string, start: Point, endLine: number): void {
    for (let line = start.line; line <= endLine; line++) {
      const from = line === start.line ? start.column - 1 : 0;
      const at = (this.lines[line - 1] ?? '').indexOf(value, from);
      if (at >= 0) {
        to.push({ value, line, at });
        return;
      }
    }
  }

  /** As it stands in the file, one piece a line. */
  #addText(start: Point, end: Point): void {
    for (let line = start.line; line <= end.line; line++) {
      const text = this.lines[line - 1] ?? '';
      const at = line === start.line ? start.column - 1 : 0;
      const value = text.slice(at, line === end.line ? end.column - 1 : text.length);
      if (value.trim() !== '') this.texts.push({ value, line, at });
    }
  }

  #addBlock(node: Node, start: Point, end: Point): void {
    const language = typeof node.lang === 'string' ? node.lang.toLowerCase() : '';
    const first = (this.lines[start.line - 1] ?? '').slice(start.column - 1);
    this.blocks.push({ language, line: start.line, endLine: end.line, fenced: /^(?:```|~~~)/.test(first) });
  }
}

export function readParts({ lines, frontmatterLines, hasBom }: PromptDocument): MarkdownParts {
  const shown = lines.map((line, index) => {
    // A space stands in for the mark, so that columns need no shifting.
    const bare = stripLineEnd(index === 0 && hasBom ? ` ${line.slice(1)}` : line);
    return index >= frontmatterLines ? bare : '';
  });
  const collector = new Collector(shown);
  collector.visit(markdownTree(shown.map(readable)));
  for (const line of shown) collector.addAnchors(/^\s*<[a-z]/i.test(line) ? line : '');
  return collector;
}
