import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { excerptOf, linesAround } from '../../../src/host/source/transcriptLines';

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'claude-pm-lines-'));
  file = join(folder, 's.jsonl');
  writeFileSync(file, Array.from({ length: 50 }, (_, index) => `{"line":${index + 1}}\n`).join(''));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('reads a line with its neighbours, and none beyond the ends', async () => {
  const numbers = async (line: number) => (await linesAround(file, line)).map(({ number }) => number);
  expect(await numbers(10)).toEqual([9, 10, 11]);
  expect(await numbers(1)).toEqual([1, 2]);
  expect(await numbers(50)).toEqual([49, 50]);
});

it('spreads JSON out, leaves other text as it is, and cuts what is too long', async () => {
  expect(excerptOf('/s.jsonl', await linesAround(file, 1))).toContain('// Line 1\n{\n  "line": 1\n}\n');
  expect(excerptOf('/s.md', [{ number: 1, text: '# Title' }])).toContain('// Line 1\n# Title\n');
  const long = excerptOf('/s', [{ number: 1, text: 'x'.repeat(1_000_000) }]);
  expect(long.length).toBeLessThan(201_000);
  expect(long).toContain('cut here');
});
