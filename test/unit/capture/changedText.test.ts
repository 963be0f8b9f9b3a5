import { expect, it } from 'vitest';
import { changedText } from '../../../src/core/capture/changedText';

it('gives the lines that differ, and no others', () => {
  expect(changedText('a\nb\nc\nd\n', 'a\nB\nc\nd\n')).toEqual({ before: 'b', after: 'B', blocks: 1 });
});

it('sets several places apart', () => {
  expect(changedText('a\nb\nc\nd\ne', 'A\nb\nc\nd\nE\nf')).toEqual({
    before: 'a\n…\ne',
    after: 'A\n…\nE\nf',
    blocks: 2,
  });
});

it('leaves a side empty where lines were only added or taken out', () => {
  expect(changedText('a\nc', 'a\nb\nc')).toEqual({ before: '', after: 'b', blocks: 1 });
  expect(changedText('a\nb\nc', 'a\nc')).toEqual({ before: 'b', after: '', blocks: 1 });
});

it('sees no change in line ends and byte order marks', () => {
  expect(changedText('\uFEFFa\r\nb\r\n', 'a\nb\n')).toBeUndefined();
});

it('takes long texts that have little in common as a whole', () => {
  const lines = (letter: string) =>
    Array.from({ length: 30_000 }, (_, index) => `${letter}${index}`).join('\n');
  expect(changedText(lines('a'), lines('b'))).toEqual({ before: lines('a'), after: lines('b'), blocks: 1 });
});
