import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineRanges, mergePreferring, mergeTexts } from '../../../src/core/templates/mergeTexts';

const text = fc
  .array(fc.constantFrom('a\n', 'b\r\n', 'c\n', '\n'), { maxLength: 8 })
  .map((lines) => lines.join(''));

describe('a three-way merge', () => {
  it('takes what only one side changed, to the byte', () => {
    expect(mergeTexts('A\r\nb\r\nc', 'a\r\nb\r\nc', 'a\r\nb\r\nc\r\nd')).toEqual({
      text: 'A\r\nb\r\nc\r\nd',
    });
    expect(mergeTexts('A\r\nb\r\nc\r\nd', 'a\r\nb\r\nc\r\nd', 'a\r\nb\r\nc\r\nd\r\n')).toEqual({
      text: 'A\r\nb\r\nc\r\nd\r\n',
    });
  });

  it('finds the same change on both sides no conflict', () => {
    expect(mergeTexts('x\nb\nc\n', 'a\nb\nc\n', 'x\nb\nC\n')).toEqual({ text: 'x\nb\nC\n' });
  });

  it('names the lines of the first text that both changed', () => {
    const { conflicts } = mergeTexts('a\nB1\nB2\nc\nd\nE\n', 'a\nb\nc\nd\ne\n', 'a\nbb\nc\nd\nee\n');
    expect(lineRanges(conflicts ?? [])).toBe('lines 2-3, line 6');
    expect(mergePreferring('a\nB\nc\nd\nE\n', 'a\nb\nc\nd\ne\n', 'a\nbb\nc\nd\ne\n')).toBe(
      'a\nbb\nc\nd\nE\n',
    );
  });

  it('keeps what both sides put in at one place, with what both begin with once', () => {
    const base = '# A\n\n- one\n';
    expect(mergeTexts(`${base}- two\n`, base, `${base}- three\n`)).toEqual({
      text: '# A\n\n- one\n- three\n- two\n',
    });
    const heading = '\n## New\n\n';
    expect(mergeTexts(`${base}${heading}- b\n`, base, `${base}${heading}- a\n`)).toEqual({
      text: `${base}${heading}- a\n- b\n`,
    });
    expect(mergeTexts('# A\n\n- 1\n- two\n', base, `${base}- three\n`).conflicts).toBeDefined();
    expect(mergeTexts(`${base}- two`, base, `${base}- three\n`).conflicts).toBeDefined();
  });

  it('with a side that changed nothing is the other side', () => {
    fc.assert(
      fc.property(text, text, (base, other) => {
        expect(mergeTexts(base, base, other)).toEqual({ text: other });
        expect(mergeTexts(other, base, base)).toEqual({ text: other });
        expect(mergeTexts(other, base, other)).toEqual({ text: other });
      }),
    );
  });

  it('gives the same from either side', () => {
    fc.assert(
      fc.property(text, text, text, (ours, base, theirs) => {
        expect(mergeTexts(ours, base, theirs).text).toBe(mergeTexts(theirs, base, ours).text);
      }),
    );
  });
});
