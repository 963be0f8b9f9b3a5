import { describe, expect, it } from 'vitest';
import { additionOf } from '../../../src/core/canary/addition';
import { decodePrompt, encodePrompt } from '../../../src/core/templates/promptText';

const add = (from: string, to: string) =>
  decodePrompt(additionOf(encodePrompt(from), encodePrompt(to)), 'addition');
const refusal = (reason: RegExp) =>
  expect.objectContaining({
    code: 'INVALID_INPUT',
    message: expect.stringMatching(reason),
    remedy: expect.stringContaining('compare before with after'),
  });

describe('what a candidate adds', () => {
  it('is its lines, with the headings they stand under', () => {
    const from = '# Rules\n\n## Tests\n\n- Run them.\n\n## Style\n\n- Be brief.\n';
    const to = '# Rules\n\n## Tests\n\n- Run them.\n- Never mock.\n\n## Style\n\n- Be brief.\n- No jokes.\n';
    expect(add(from, to)).toBe(
      '# Rules\n\n## Tests\n\n- Never mock.\n\n# Rules\n\n## Style\n\n- No jokes.\n',
    );
  });

  it('names a heading once for runs that follow each other', () => {
    expect(add('# A\n\n- one\n- three\n', '# A\n\n- zero\n- one\n- two\n- three\n')).toBe(
      '# A\n\n- zero\n\n- two\n',
    );
  });

  it('may be a section of its own, with code', () => {
    const section = '## New\n\n```sh\nnpm test\n```';
    expect(add('# A\n\n- one\n', `# A\n\n- one\n\n${section}\n`)).toBe(`# A\n\n${section}\n`);
  });

  it('may stand in an empty file, and behind a last line without an end', () => {
    expect(add('', '- one\n')).toBe('- one\n');
    expect(add('- one', '- one\n- two\n')).toBe('- two\n');
    expect(add('- one\r\n', '- one\r\n- two\r\n')).toBe('- two\n');
  });

  it.each([
    ['- one\n- two\n', '- one\n', /changes or removes lines/],
    ['- one\n', '- One\n', /changes or removes lines/],
    ['- one\n', '- one\n\n', /adds nothing/],
    ['- one\n', '- one\n  and more\n', /continues, in line 2/],
    ['```\na\n```\n', '```\na\nb\n```\n', /continues, in line 3/],
    ['| a |\n| - |\n', '| a |\n| - |\n| b |\n', /continues, in line 3/],
    ['---\na: 1\n---\nx\n', '---\na: 1\nb: 2\n---\nx\n', /changes the frontmatter/],
  ])('is refused for %j to %j', (from, to, reason) => {
    expect(() => add(from, to)).toThrow(refusal(reason));
  });

  it('is refused where it is longer than Claude Code hands on', () => {
    expect(() => add('', '- a rule\n'.repeat(1100))).toThrow(refusal(/more than 9,000 characters/));
  });
});
