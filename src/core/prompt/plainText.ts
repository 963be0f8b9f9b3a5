interface MarkdownNode {
  readonly type: string;
  readonly value?: unknown;
  readonly alt?: unknown;
  readonly children?: readonly MarkdownNode[];
}

function collect(node: MarkdownNode): string {
  if (node.type === 'html') return '';
  if (node.type === 'break') return ' ';
  if (node.children !== undefined) return node.children.map(collect).join('');
  if (typeof node.value === 'string') return node.value;
  return typeof node.alt === 'string' ? node.alt : '';
}

/** A node's words on one line, without markup, HTML and comments. */
export function plainText(node: MarkdownNode): string {
  return collect(node).replace(/\s+/g, ' ').trim();
}
