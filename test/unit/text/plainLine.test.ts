import { describe, expect, it } from 'vitest';
import { capitalized, cutAtWord, leadingThoughts, plainLine } from '../../../src/core/text/plainLine';

describe('a plain line', () => {
  it.each([
    ['two\r\nlines\tand\u0000 more', 'two lines and more'],
    ['\u202Ereversed\u202C and\u200B hidden', 'reversed and hidden'],
    ['see [the docs](https://evil.example) now', 'see the docs now'],
    ['see https://evil.example/x?y and www.evil.example', 'see and'],
    ['http:[]//evil.example is', 'is'],
    ['<b onclick="x">bold</b> and **bold**', 'bold and bold'],
    ['keep snake_case and _emphasis_', 'keep snake_case and emphasis'],
    ['check the data: it is wrong', 'check the data: it is wrong'],
  ])('%j', (text, expected) => {
    expect(plainLine(text)).toBe(expected);
  });

  it('is cut at a word, never after an article, and never amid a character', () => {
    expect(cutAtWord('put it into the folder', 17)).toBe('put…');
    expect(cutAtWord('put the file away', 17)).toBe('put the file away');
    expect(cutAtWord('😀'.repeat(20), 10)).toBe(`${'😀'.repeat(9)}…`);
  });

  it('begins with thoughts that can stand alone', () => {
    expect(leadingThoughts('run the tests, then commit so that we can see')).toEqual([
      'run the tests',
      'run the tests, then commit',
    ]);
  });

  it('begins with a capital, unless with a name', () => {
    expect(capitalized('run it')).toBe('Run it');
    expect(capitalized('édite le fichier')).toBe('Édite le fichier');
    expect(capitalized('git_workflow comes first')).toBe('git_workflow comes first');
  });
});
