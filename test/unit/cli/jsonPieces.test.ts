import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonPieces } from '../../../src/cli/jsonPieces';

describe('JSON in pieces', () => {
  it('is what JSON.stringify gives', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.array(fc.jsonValue(), { maxLength: 4 }))),
        (document) => {
          expect([...jsonPieces(document)].join('')).toBe(JSON.stringify(document, null, 2));
        },
      ),
    );
    expect([...jsonPieces({ a: undefined, b: [undefined, 1] })].join('')).toBe(
      JSON.stringify({ a: undefined, b: [undefined, 1] }, null, 2),
    );
  });

  it('comes in many for a long answer', () => {
    const pieces = [...jsonPieces({ ids: Array.from({ length: 50_000 }, (_, index) => `c_${index}`) })];
    expect(pieces.length).toBeGreaterThan(5);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(70_000);
  });
});
