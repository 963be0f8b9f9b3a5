import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyIndex } from '../../../src/core/text/keyIndex';

describe('numbers by keys', () => {
  it('are those of a map, through every growth', () => {
    const key = fc.oneof(fc.nat(50), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }));
    fc.assert(
      fc.property(fc.array(key, { maxLength: 300 }), fc.nat(8000), (keys, more) => {
        const index = new KeyIndex();
        const known = new Map<number, number>();
        for (const each of [...keys, ...Array.from({ length: more }, (_, k) => k * 2 ** 21), ...keys]) {
          const before = known.get(each);
          expect(index.numberOf(each)).toEqual({
            number: before ?? known.size,
            isNew: before === undefined,
          });
          if (before === undefined) known.set(each, known.size);
        }
      }),
      { numRuns: 20 },
    );
  });
});
