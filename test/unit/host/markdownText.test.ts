import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { expect, it } from 'vitest';
import { markdownText } from '../../../src/host/markdownText';

/** Everything that Markdown makes of a text, as node types and their text. */
function read(markdown: string): { types: string[]; text: string } {
  const types: string[] = [];
  let text = '';
  const visit = (node: { type: string; value?: string; children?: { type: string }[] }): void => {
    types.push(node.type);
    text += node.value ?? '';
    for (const child of node.children ?? []) visit(child);
  };
  visit(fromMarkdown(markdown));
  return { types, text };
}

it('shows links, images, code, HTML and command links as the text that they are', () => {
  const attack =
    '[x](command:claudePm.deploy) ![i](http://e.test/p) `code` <b>html</b> **bold** $(trash) # h';
  expect(read(`said: ${markdownText(attack)}`)).toEqual({
    types: ['root', 'paragraph', 'text'],
    text: `said: ${attack}`,
  });
});

it('keeps every text of one line as it is, whatever stands in it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[!-~]{1,40}$/), (text) => {
      expect(read(`said: ${markdownText(text)}`)).toEqual({
        types: ['root', 'paragraph', 'text'],
        text: `said: ${text}`,
      });
    }),
  );
});
