import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import type { Checker } from './check';

function textOf(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

const plain = (text: string) => text.replace(/\s+/g, ' ').trim().toLowerCase();

export const markdownHeading: Checker<'markdown-heading'> = (answer, { value }) => {
  const [, signs = '', words = ''] = /^(#{0,6})\s*(.*)$/s.exec(value) ?? [];
  const found = fromMarkdown(answer).children.some(
    (node) =>
      node.type === 'heading' &&
      (signs === '' || node.depth === signs.length) &&
      plain(textOf(node)) === plain(words),
  );
  return found ? { passed: true } : { passed: false, note: `No heading “${value}”.` };
};

export const codeFence: Checker<'code-fence'> = (answer, { value = '' }) => {
  const found = fromMarkdown(answer).children.some(
    (node) => node.type === 'code' && (value === '' || node.lang?.toLowerCase() === value.toLowerCase()),
  );
  return found
    ? { passed: true }
    : { passed: false, note: value === '' ? 'No code block.' : `No block of ${value}.` };
};
