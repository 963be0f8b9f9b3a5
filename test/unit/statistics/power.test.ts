import { describe, expect, it } from 'vitest';
import { mcnemarExact } from '../../../src/core/statistics/mcnemar';
import { connorPairs, requiredPairs } from '../../../src/core/statistics/power';
import { seededRandom } from '../support/memoryPorts';

describe('the pairs that a comparison needs', () => {
  it("follow Connor's formula for large samples", () => {
    // ((1.959964 * sqrt(0.2) + 0.841621 * sqrt(0.2 - 0.01)) / 0.1)^2 = 154.6
    expect(connorPairs(0.2, 0.1)).toBe(155);
    // powerandsamplesize.com, "Compare paired proportions, McNemar's Z-test, 2-sided": p01 = 0.45, p10 = 0.05, power 0.8.
    expect(connorPairs(0.5, 0.4)).toBe(23);
  });

  // By adding up scipy's binomial probabilities over all tables (scipy 1.17.1).
  it.each([
    [10, 0, 7, 10],
    [10, 0, 1, 78],
    [20, 2, 8, 46],
    [7, 0, 7, 6],
    [100, 15, 25, 329],
  ])('are those of the exact test: of %i pairs %i for a and %i for b', (pairs, aOnly, bOnly, expected) => {
    expect(requiredPairs({ pairs, aOnly, bOnly })).toBe(expected);
    expect(requiredPairs({ pairs, aOnly: bOnly, bOnly: aOnly })).toBe(expected);
  });

  it('are unknown where no effect was seen', () => {
    expect(requiredPairs({ pairs: 0, aOnly: 0, bOnly: 0 })).toBeNull();
    expect(requiredPairs({ pairs: 12, aOnly: 3, bOnly: 3 })).toBeNull();
  });

  it('are large for a small effect', () => {
    expect(requiredPairs({ pairs: 100, aOnly: 9, bOnly: 11 })).toBe(connorPairs(0.2, 0.02));
  });

  it('give 80% power in simulation', () => {
    const pairs = requiredPairs({ pairs: 20, aOnly: 2, bOnly: 8 }) ?? 0;
    const random = seededRandom(17);
    let found = 0;
    for (let run = 0; run < 3000; run++) {
      let aOnly = 0;
      let bOnly = 0;
      for (let pair = 0; pair < pairs; pair++) {
        const u = random.next();
        if (u < 0.1) aOnly++;
        else if (u < 0.5) bOnly++;
      }
      if (mcnemarExact(aOnly, bOnly) <= 0.05) found++;
    }
    expect(Math.abs(found / 3000 - 0.8)).toBeLessThan(0.03);
  });
});
