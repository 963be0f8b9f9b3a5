import { describe, expect, it } from 'vitest';
import { PipelineError } from '../../../src/core/errors';
import { readWordVectors } from '../../../src/core/text/wordVectors';
import { openWordKnowledge } from '../../../src/node/wordKnowledge';

const block = { dimensions: 2, stems: 3, centre: [0.5, 0], axis: [0, 1] };

function table(head: unknown, stems: string, rows: readonly number[]): Uint8Array {
  const text = new TextEncoder().encode(`${JSON.stringify(head)}\n${stems}\n`);
  return Uint8Array.from([...text, ...rows.map((value) => value & 0xff)]);
}

const rows = [1, -2, 127, -128, 0, 5];

function codeOf(bytes: Uint8Array): string {
  try {
    readWordVectors(bytes);
  } catch (error) {
    if (error instanceof PipelineError) return error.code;
    return `no PipelineError: ${error}`;
  }
  return 'read';
}

describe('the table of word vectors', () => {
  it('is read back as it was written', () => {
    const { blocks } = readWordVectors(table({ blocks: [block] }, 'run test é', rows));
    expect(blocks).toHaveLength(1);
    expect([...(blocks[0]?.data ?? [])]).toEqual(rows);
    expect(blocks[0]?.rows.get('é')).toBe(2);
    expect(blocks[0]).toMatchObject({ dimensions: 2, centre: [0.5, 0], axis: [0, 1] });
  });

  it.each([
    ['empty', new Uint8Array()],
    ['only a head', table({ blocks: [block] }, 'run test é', []).subarray(0, 60)],
    ['too few rows', table({ blocks: [block] }, 'run test é', rows.slice(0, 5))],
    ['fewer stems than said', table({ blocks: [block] }, 'run test', rows)],
    ['a head of another kind', table({ tables: [] }, 'run test é', rows)],
    ['a centre of another length', table({ blocks: [{ ...block, centre: [1] }] }, 'run test é', rows)],
    ['a head that is no JSON', new TextEncoder().encode('not json\nrun\n')],
    ['a head that is null', table(null, 'run test é', rows)],
  ])('that is damaged gives an error that says what to do: %s', (_name, bytes) => {
    expect(codeOf(bytes)).toBe('INVALID_INPUT');
  });

  it('comes with the product: blocks of several thousand stems, as many rows as stems', async () => {
    const { blocks } = await openWordKnowledge().load();
    expect(blocks.length).toBeGreaterThan(0);
    for (const { rows: stems, data, dimensions } of blocks) {
      expect(stems.size).toBeGreaterThan(1000);
      expect(data.length).toBe(stems.size * dimensions);
    }
  });
});
