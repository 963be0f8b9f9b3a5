import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceSum } from '../../../../src/core/analysis/clusters/sourceSum';

const dimensions = 4;
const unit = fc
  .tuple(...Array.from({ length: dimensions }, () => fc.integer({ min: -9, max: 9 })))
  .filter((values) => values.some((value) => value !== 0))
  .map((values) => Float32Array.from(values, (value) => value / Math.hypot(...values)));

const dot = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

describe('rows added up by their source', () => {
  it('know the mean similarity between the first rows of different sources', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), unit), { maxLength: 20 }), (said) => {
        const sum = new SourceSum(dimensions);
        const first = new Map<number, Float32Array>();
        for (const [source, row] of said) {
          expect(sum.knows(source)).toBe(first.has(source));
          if (sum.knows(source)) continue;
          sum.addSource(source, row);
          first.set(source, row);
        }
        expect(sum.count).toBe(first.size);
        const rows = [...first.values()];
        const pairs = rows.flatMap((a, place) => rows.slice(place + 1).map((b) => dot(a, b)));
        const mean = pairs.reduce((total, value) => total + value, 0) / Math.max(1, pairs.length);
        expect(sum.coherence()).toBeCloseTo(pairs.length === 0 ? 1 : mean, 5);
      }),
    );
  });
});
