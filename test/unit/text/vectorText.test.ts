import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dot } from '../../../src/core/text/denseRows';
import { sumOfWords } from '../../../src/core/text/meaningBlock';
import { vectorsFromText } from '../../../src/core/text/vectorText';
import { openWordKnowledge } from '../../../src/node/wordKnowledge';

const folder = mkdtempSync(join(tmpdir(), 'vectors-'));
afterAll(() => rmSync(folder, { recursive: true }));

const table = [
  'rot 1 0 0.1',
  'blau 0.9 0.1 0',
  'Hund 0 1 0',
  'Katze 0 0.9 0.2',
  'San_Jose 1 1 1',
  '12 1 1 1',
];

describe('a text file of word vectors', () => {
  it('is read word by word, with the first line of word2vec or without', () => {
    const block = vectorsFromText(table, 'own.txt');
    expect(block.dimensions).toBe(3);
    expect([...block.rows.keys()]).toEqual(['rot', 'blau', 'hund', 'katz']);
    expect([...block.data.subarray(0, 3)]).toEqual([127, 0, 13]);
    expect(vectorsFromText(['6 3', ...table], 'own.txt').rows).toEqual(block.rows);
  });

  it.each([
    ['a line with fewer numbers', ['rot 1 0 0', 'blau 1'], 'own.txt:2'],
    ['what is no number', ['rot 1 x 0'], 'own.txt:1'],
    ['a text that is no table', ['Some prose.'], 'own.txt:1'],
    ['an empty file', [], 'own.txt:0'],
  ])('names the line of %s', (_name, lines, subject) => {
    expect(() => vectorsFromText(lines, 'own.txt')).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', subject }),
    );
  });

  it('takes the place of the general vectors; what it holds for alike is', async () => {
    const path = join(folder, 'own.txt');
    writeFileSync(path, table.join('\n'));
    const [general, mine] = [await openWordKnowledge().load(), await openWordKnowledge(path).load()];
    expect(mine.blocks.slice(1)).toEqual(general.blocks.slice(1));
    const [own] = mine.blocks;
    if (own === undefined) throw new Error('no block');
    const vector = (word: string) => sumOfWords(own, new Map([[word, 1]]));
    expect(dot(vector('rot'), vector('blau'))).toBeGreaterThan(dot(vector('rot'), vector('hund')) + 0.5);
    await expect(openWordKnowledge(join(folder, 'none.txt')).load()).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
