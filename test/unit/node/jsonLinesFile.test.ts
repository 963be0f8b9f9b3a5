import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeJsonLines } from '../../../src/node/jsonLinesFile';
import { temporaryFolder } from '../support/sampleWorkspace';

const folder = temporaryFolder();
const path = join(folder, 'values.jsonl');

describe('a file of JSON lines', () => {
  it('holds each value on a line of its own, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue()), async (values) => {
        await writeJsonLines(path, values);
        const lines = readFileSync(path, 'utf8').split('\n');
        expect(lines.pop()).toBe('');
        expect(lines).toEqual(values.map((value) => JSON.stringify(value)));
      }),
      { numRuns: 100 },
    );
  });

  it('is empty for none, and replaces what was there', async () => {
    await writeJsonLines(path, ['long enough to leave something behind']);
    await writeJsonLines(path, []);
    expect(readFileSync(path, 'utf8')).toBe('');
  });

  it('takes values one by one as they are made, over many batches', async () => {
    const count = 60_000;
    function* values() {
      for (let index = 0; index < count; index++) yield { index, text: 'ä\n'.repeat(index % 7) };
    }
    await writeJsonLines(path, values());
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(count);
    expect(lines.every((line, index) => JSON.parse(line).index === index)).toBe(true);
  });

  it('says that it could not be written', async () => {
    const missing = join(folder, 'missing', 'values.jsonl');
    await expect(writeJsonLines(missing, [1])).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      subject: missing,
    });
  });
});
