import { describe, expect, it } from 'vitest';
import { readPrompt } from '../../../src/core/prompt/promptDocument';

describe('the frontmatter', () => {
  it('gives its keys with their values and lines', () => {
    const { frontmatter } = readPrompt(
      '---\nname: engineer # the agent\ntools:\n  - Read\n  - Write\n\ndescription: >-\n  Writes\n  code.\n---\n# A\n',
    );
    expect(frontmatter).toEqual([
      { key: 'name', value: 'engineer', line: 2, endLine: 2 },
      { key: 'tools', value: ['Read', 'Write'], line: 3, endLine: 5 },
      { key: 'description', value: 'Writes code.', line: 7, endLine: 9 },
    ]);
  });

  it('is read line by line where it is no valid YAML', () => {
    const { frontmatter } = readPrompt(
      '---\r\nname: a\r\ndescription: Use it when: tests fail\r\n  and more\r\n---\r\n',
    );
    expect(frontmatter).toEqual([
      { key: 'name', value: 'a', line: 2, endLine: 2 },
      { key: 'description', value: 'Use it when: tests fail\nand more', line: 3, endLine: 4 },
    ]);
  });

  it.each([
    '---\n---\n',
    '---\n- a\n- b\n---\n',
    '---\na: *nowhere\n---\n',
    '---\n? [a]: b\n---\n',
    '---\na: [\n---\n',
  ])('never throws: %j', (text) => {
    expect(readPrompt(text).lines.join('')).toBe(text);
  });
});

const prompt = `# Agent

<rules>
- Never push to main.
</rules>
<tools>
- Read before you write.
</tools>

**Testing**

Rules:

- Run the tests.

| a | b |
|---|---|
| c | d |

## Examples

- This shows something here.

## Style

Bad:

\`\`\`ts
<rules>
\`\`\`

<!-- a | b
<rules>
|---|---|
</rules> -->

<example>
- Here is one of them.
</example>
`;

describe('readPrompt', () => {
  const document = readPrompt(prompt);

  it('finds tags that stand alone on their lines, outside of code', () => {
    expect(document.tags.map(({ name, startLine, endLine }) => [name, startLine, endLine])).toEqual([
      ['rules', 3, 5],
      ['tools', 6, 8],
      ['example', 37, 39],
    ]);
  });

  it('keeps lists on the two sides of a tag apart', () => {
    expect(
      document.lists.slice(0, 2).map(({ startLine, endLine, loose }) => [startLine, endLine, loose]),
    ).toEqual([
      [4, 4, false],
      [7, 7, false],
    ]);
  });

  it('finds what serves as a heading without being one', () => {
    expect(document.labels.map(({ text, line, bold }) => [text, line, bold])).toEqual([
      ['Testing', 10, true],
      ['Rules', 12, false],
      ['Bad', 26, false],
    ]);
  });

  it('finds code, tables and comments, each with its section', () => {
    expect(document.codeBlocks).toEqual([
      { startLine: 28, endLine: 30, section: 'Agent > Style', language: 'ts' },
    ]);
    expect(document.tables).toEqual([{ startLine: 16, endLine: 18, section: 'Agent' }]);
    expect(document.comments.map(({ startLine, endLine }) => [startLine, endLine])).toEqual([[32, 35]]);
  });

  it('knows where the prompt shows instead of tells', () => {
    expect(document.examples.map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
      [20, 22],
      [26, 30],
      [37, 39],
    ]);
  });

  it('reads a heading that is underlined, and no further than its text', () => {
    expect(readPrompt('A\n=\n\nB\n---\ntext\n').sections).toEqual([
      { heading: 'A', depth: 1, path: 'A', startLine: 1, endLine: 2 },
      { heading: 'B', depth: 2, path: 'A > B', startLine: 4, endLine: 6 },
    ]);
  });

  it('reads a text in parts as it reads it whole', () => {
    const unit =
      '## A\n\n- One thing to do.\n- Another.\n\nSome plain words stand here.\n\n```\n# no\n```\n\n';
    const many = readPrompt(unit.repeat(200));
    const one = readPrompt(unit);
    expect(many.instructions.map(({ text, line, endLine }) => [text, line, endLine])).toEqual(
      Array.from({ length: 200 }, (_, k) =>
        one.instructions.map(({ text, line, endLine }) => [text, line + 11 * k, endLine + 11 * k]),
      ).flat(),
    );
    expect(many.sections.map(({ startLine, endLine }) => [startLine, endLine])).toEqual(
      Array.from({ length: 200 }, (_, k) => [11 * k + 1, 11 * k + 10]),
    );
  });
});

describe('a hostile text', () => {
  const repeat = (unit: string) => (times: number) => unit.repeat(times);
  it.each([
    ['headings and lists in turn', repeat('# a\n- b b b b b.\n'), 2000],
    ['tags that are never closed', repeat('<a>\n'), 5000],
    ['tags that were never opened', repeat('</a>\n'), 5000],
    ['rows that never become a table', repeat('a | b\n'), 5000],
    ['labels', repeat('**Example:**\n\n'), 2500],
    ['comments', repeat('<!-- a\n'), 5000],
    [
      'lists in lists',
      (times: number) => Array.from({ length: times }, (_, k) => `${' '.repeat(2 * k)}- a\n`).join(''),
      300,
    ],
    ['brackets', repeat(`${'['.repeat(1000)}\n`), 20],
  ])('takes no more than its share of time: %s', (_, make, times) => {
    const time = (text: string) => {
      const start = performance.now();
      readPrompt(text);
      return performance.now() - start;
    };
    time(make(times));
    const once = time(make(times));
    // Four times the text takes sixteen times as long where time grows with the square; the margin is for a busy machine.
    expect(time(make(4 * times))).toBeLessThan(12 * Math.max(once, 25));
  });
});
