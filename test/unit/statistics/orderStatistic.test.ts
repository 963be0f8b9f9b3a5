import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderStatistic } from '../../../src/core/statistics/orderStatistic';

it('finds the value of every rank, also among equal values and when asked again', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 40 }), (values) => {
      const sorted = values.toSorted((a, b) => a - b);
      const shuffled = Float64Array.from(values);
      for (const rank of sorted.keys()) expect(orderStatistic(shuffled, rank)).toBe(sorted[rank]);
    }),
  );
});
