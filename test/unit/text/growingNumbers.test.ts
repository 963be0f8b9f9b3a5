import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GrowingInts } from '../../../src/core/text/growingNumbers';

describe('growing integers', () => {
  it('hold what a plain array holds, however they were added', () => {
    const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    fc.assert(
      fc.property(
        fc.array(int),
        fc.array(fc.array(int, { maxLength: 900 }), { maxLength: 6 }),
        (start, parts) => {
          const ints = new GrowingInts(start);
          for (const [index, part] of parts.entries()) {
            if (index % 2 === 0) ints.append(Int32Array.from(part));
            else for (const value of part) ints.push(value);
          }
          const expected = [...start, ...parts.flat()];
          expect(ints.length).toBe(expected.length);
          expect([...ints.slice(0, ints.length)]).toEqual(expected);
          expect(expected.every((value, index) => ints.at(index) === value)).toBe(true);
        },
      ),
    );
  });

  it('can be set, and are 0 beyond what was reserved', () => {
    const ints = new GrowingInts([1, 2, 3]);
    ints.set(1, 9);
    expect([...ints.slice(0, 3)]).toEqual([1, 9, 3]);
    expect(ints.at(1_000_000)).toBe(0);
    ints.set(5, 7, -1);
    expect([...ints.slice(0, 6)]).toEqual([1, 9, 3, -1, -1, 7]);
  });
});
