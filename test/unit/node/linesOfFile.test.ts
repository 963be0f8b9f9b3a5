import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FileLine, linesOfFile } from '../../../src/node/linesOfFile';
import { temporaryFolder } from '../support/sampleWorkspace';

const path = join(temporaryFolder(), 'lines');

function linesOf(content: string | Uint8Array): FileLine[] {
  writeFileSync(path, content);
  const file = openSync(path, 'r');
  try {
    return [...linesOfFile(file)];
  } finally {
    closeSync(file);
  }
}

/** The lines by splitting all of the text at once. */
function split(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

const mebibyte = 1 << 20;

describe('the lines of a file', () => {
  it('are those that splitting gives, each with its place in bytes', () => {
    const text = fc
      .array(
        fc.oneof(
          fc.constantFrom('\n', '\r\n', '\n\n', '', '\uFEFF', '\u2028', '\0'),
          fc.string({ unit: 'grapheme' }),
        ),
        { maxLength: 30 },
      )
      .map((parts) => parts.join('').replace(/^\uFEFF+/, ''));
    fc.assert(
      fc.property(text, (content) => {
        const bytes = Buffer.from(content);
        const lines = linesOf(bytes);
        expect(lines.map((line) => line.text)).toEqual(split(bytes.toString('utf8')));
        expect(lines.map(({ number }) => number)).toEqual(lines.map((_, index) => index + 1));
        for (const { text, start, length } of lines)
          expect(bytes.toString('utf8', start, start + length)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['an empty file', '', []],
    ['one line end', '\n', ['']],
    ['no line end at the end', 'a\nb', ['a', 'b']],
    ['ends of Windows, which stay', 'a\r\nb\r\n', ['a\r', 'b\r']],
    ['an empty line between', 'a\n\nb\n', ['a', '', 'b']],
    ['a mark of the byte order, which goes', '\uFEFFa\n\uFEFFb\n', ['a', '\uFEFFb']],
  ])('with %s', (_what, content, expected) => {
    expect(linesOf(content).map(({ text }) => text)).toEqual(expected);
  });

  it('count the mark of the byte order among the bytes', () => {
    expect(linesOf('\uFEFFa\nb')).toEqual([
      { text: 'a', start: 0, length: 4, number: 1 },
      { text: 'b', start: 5, length: 1, number: 2 },
    ]);
  });

  it('may be longer than what is read at once, and end anywhere about its edge', () => {
    const long = (length: number, letter: string): string => letter.repeat(length);
    const contents = [-2, -1, 0, 1, 2].flatMap((about) => [
      `${long(mebibyte + about, 'a')}\nb\n`,
      `${long(mebibyte + about, 'a')}\n${long(mebibyte, 'b')}`,
      `a\n${long(mebibyte + about, 'b')}\nc`,
      `${long(3 * mebibyte + about, 'a')}\n\nb\n${long(2 * mebibyte, 'c')}\nd`,
    ]);
    for (const content of contents) {
      const lines = linesOf(content);
      // Compared outside of `expect`, which would print megabytes.
      const expected = split(content);
      expect(lines.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
      expect(lines.every(({ text }, index) => text === expected[index])).toBe(true);
    }
  });

  it('keep a letter of several bytes whole where a piece ends within it', () => {
    for (const before of [mebibyte - 3, mebibyte - 2, mebibyte - 1]) {
      const content = `${'a'.repeat(before)}😀\nü\n`;
      expect(linesOf(content).map(({ text }) => text.slice(-2))).toEqual(['😀', 'ü']);
    }
  });

  it('are many short ones over several pieces', () => {
    const lines = Array.from({ length: 300_000 }, (_, index) => `line ${index}`);
    const found = linesOf(`${lines.join('\n')}\n`);
    expect(found.length).toBe(lines.length);
    expect(found.every(({ text, number }, index) => text === lines[index] && number === index + 1)).toBe(
      true,
    );
  });
});
