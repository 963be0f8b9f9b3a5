import { fromMarkdown } from 'mdast-util-from-markdown';

export type MarkdownTree = ReturnType<typeof fromMarkdown>;

/** The Markdown reader's time grows with the square of the number of lists and headings, so that long texts are read in parts. */
const linesAtOnce = 500;

interface Positioned {
  readonly position?: { readonly start: { line: number }; readonly end: { line: number } } | undefined;
  readonly children?: readonly Positioned[];
}

function shift(nodes: readonly Positioned[], by: number): void {
  const pending = [...nodes];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.position !== undefined) {
      node.position.start.line += by;
      node.position.end.line += by;
    }
    for (const child of node.children ?? []) pending.push(child);
  }
}

/**
 * The blocks of a Markdown text with their lines; columns and offsets hold within a part only. All blocks but the last of a part
 * are complete, whatever follows (CommonMark 0.31, appendix: blocks are read line by line and only open ones change), so that the
 * next part begins with the last one. Links to definitions in another part stay text.
 */
export function markdownTree(lines: readonly string[]): MarkdownTree {
  const root: MarkdownTree = { type: 'root', children: [] };
  let from = 0;
  let size = linesAtOnce;
  while (from < lines.length) {
    const { children } = fromMarkdown(lines.slice(from, from + size).join('\n'));
    const atEnd = from + size >= lines.length;
    const last = children.at(-1)?.position?.start.line ?? 1;
    if (!atEnd && children.length === 1) {
      size *= 2;
      continue;
    }
    const complete = atEnd ? children : children.slice(0, -1);
    shift(complete, from);
    root.children.push(...complete);
    from += atEnd || children.length === 0 ? size : last - 1;
    size = linesAtOnce;
  }
  return root;
}
