import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPrompt } from '../../../src/core/prompt/promptDocument';

const agent = `---
name: engineer
description: "Writes code. - not a rule"
---
# Engineer

You write the code of this project.

## Workflow

- Run \`npm test\` before every commit.
- Work in the session:
  - Enter it first.

Never push to main.

\`\`\`sh
- not a rule
\`\`\`

### Sessions

1. Start a session.

<!-- - hidden -->
`;

describe('readPrompt', () => {
  it('counts the frontmatter and reads nothing out of it', () => {
    const document = readPrompt(agent);
    expect(document.frontmatterLines).toBe(4);
    expect(document.instructions.every((each) => each.line > 4)).toBe(true);
  });

  it('finds headings with their paths and the last line of their own text', () => {
    expect(readPrompt(agent).sections).toEqual([
      { heading: 'Engineer', depth: 1, path: 'Engineer', startLine: 5, endLine: 7 },
      { heading: 'Workflow', depth: 2, path: 'Engineer > Workflow', startLine: 9, endLine: 19 },
      { heading: 'Sessions', depth: 3, path: 'Engineer > Workflow > Sessions', startLine: 21, endLine: 25 },
    ]);
  });

  it('finds list items and sentences outside of code and comments, each with its lines', () => {
    expect(readPrompt(agent).instructions.map(({ text, line, listItem }) => [line, listItem, text])).toEqual([
      [7, false, 'You write the code of this project.'],
      [11, true, 'Run npm test before every commit.'],
      [12, true, 'Work in the session:'],
      [13, true, 'Enter it first.'],
      [15, false, 'Never push to main.'],
      [23, true, 'Start a session.'],
    ]);
  });

  it('reads the same structure with CRLF and a byte-order mark', () => {
    const windows = readPrompt(`\uFEFF${agent.replaceAll('\n', '\r\n')}`);
    const plain = readPrompt(agent);
    expect(windows.hasBom).toBe(true);
    expect(windows.eol).toBe('\r\n');
    expect(windows.frontmatterLines).toBe(4);
    expect(windows.sections).toEqual(plain.sections);
    expect(windows.instructions).toEqual(plain.instructions);
  });

  it('reads rules that stand between tags of their own', () => {
    const document = readPrompt('<rules>\n- Never push to main.\n</rules>\n');
    expect(document.instructions.map((each) => [each.line, each.text])).toEqual([[2, 'Never push to main.']]);
  });

  it('joins the lines of one item, and passes over labels, tables and link definitions', () => {
    const document = readPrompt(
      'Examples:\n\n| a | b c d e f g |\n|---|---|\n\n- Run the tests\n  before you commit.\n\n[a]: b\n',
    );
    expect(document.instructions).toEqual([
      { text: 'Run the tests before you commit.', line: 6, endLine: 7, section: '', listItem: true },
    ]);
  });

  it('takes an unclosed frontmatter for text, and a prompt of frontmatter alone for one without instructions', () => {
    expect(readPrompt('---\nname: a\n').frontmatterLines).toBe(0);
    expect(readPrompt('---\nname: a\n---')).toMatchObject({
      frontmatterLines: 3,
      instructions: [],
      sections: [],
    });
    expect(readPrompt('')).toMatchObject({ lines: [], frontmatterLines: 0, instructions: [], sections: [] });
  });

  it('reads past lines that nest without end, and reads on behind them', () => {
    const hostile = `${'>'.repeat(100_000)}\n\n${'['.repeat(100_000)}\n\n${'- '.repeat(50_000)}\n\n- Run the tests.\n`;
    expect(readPrompt(hostile).instructions.map((each) => each.line)).toEqual([7]);
  });

  it('keeps the text in its lines, byte for byte, whatever the text', () => {
    const markdown = fc
      .array(
        fc.oneof(
          fc.constantFrom(
            '# A',
            '## B',
            '- one',
            '  - two',
            '---',
            '```',
            '',
            '\uFEFF',
            '> q',
            '\t',
            '<a>',
            '<!--',
            '1. x',
          ),
          fc.string({ unit: 'binary', maxLength: 12 }),
        ),
      )
      .chain((parts) => fc.constantFrom('\n', '\r\n', '\r').map((eol) => parts.join(eol)));
    fc.assert(
      fc.property(markdown, (text) => {
        const document = readPrompt(text);
        expect(document.lines.join('')).toBe(text);
        for (const each of document.instructions) {
          expect(each.line).toBeGreaterThan(document.frontmatterLines);
          expect(each.endLine).toBeGreaterThanOrEqual(each.line);
          expect(each.endLine).toBeLessThanOrEqual(document.lines.length);
        }
      }),
      { numRuns: 300 },
    );
  });
});
