import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mcnemarExact } from '../../../src/core/statistics/mcnemar';
import { signFlipTest } from '../../../src/core/statistics/signFlip';
import { seededRandom } from '../support/memoryPorts';

/** Darwin's Zea mays: crossed less self-fertilised, eighths of an inch. */
const darwin = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

function byEnumeration(differences: readonly number[]): number {
  let sums = [0];
  for (const d of differences) sums = sums.flatMap((sum) => [sum + d, sum - d]);
  const observed = Math.abs(differences.reduce((a, b) => a + b, 0));
  return sums.filter((sum) => Math.abs(sum) >= observed).length / sums.length;
}

describe('the sign-flip test', () => {
  // Fisher (1935), The Design of Experiments, s. 21: 863 of 32,768 patterns on either side.
  it("gives Fisher's p for Darwin's maize", () => {
    expect(signFlipTest(darwin, seededRandom(1))).toBe((2 * 863) / 32768);
  });

  it('counts every pattern, zeros and ties included, up to twenty differences', () => {
    const differences = fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 11 });
    fc.assert(
      fc.property(differences, (d) => {
        expect(signFlipTest(d, seededRandom(1))).toBeCloseTo(byEnumeration(d), 12);
      }),
    );
  });

  it('does not lose a tie to rounding', () => {
    // 0.1 + 0.2 is not 0.3 in binary, but the patterns ±(0.1 + 0.2 - 0.3) are as extreme as those observed.
    expect(signFlipTest([0.1, 0.2, -0.3], seededRandom(1))).toBe(1);
    expect(signFlipTest([0.3, 0.1, 0.2], seededRandom(1))).toBe(0.25);
  });

  it('is the exact McNemar test where all differences have one size, however many', () => {
    const flips = [...Array<number>(12).fill(-1), ...Array<number>(30).fill(1)];
    expect(signFlipTest(flips, seededRandom(1))).toBe(mcnemarExact(12, 30));
  });

  it('says nothing of no difference at all', () => {
    expect(signFlipTest([], seededRandom(1))).toBe(1);
    expect(signFlipTest([0, 0, 0], seededRandom(1))).toBe(1);
  });

  it('comes close to the exact p by random patterns, never to 0, and the same for the same seed', () => {
    const more = [...darwin, 1, 2, 3, 4, 5.5, -3, -20, -20, -40, -1];
    // 0.1543 by 200,000 patterns of another generator (numpy).
    expect(Math.abs(signFlipTest(more, seededRandom(3)) - 0.154)).toBeLessThan(0.012);
    expect(signFlipTest(more, seededRandom(3))).toBe(signFlipTest(more, seededRandom(3)));
    const clean = Array.from({ length: 60 }, (_, index) => 1 + index / 100);
    expect(signFlipTest(clean, seededRandom(3))).toBe(1 / 10_000);
  });

  it('keeps its level under the null, whatever the size of the differences', () => {
    const random = seededRandom(5);
    let rejected = 0;
    const runs = 1500;
    for (let run = 0; run < runs; run++) {
      const d = Array.from({ length: 9 }, () => (random.next() - 0.5) * (1 + 9 * random.next()));
      if (signFlipTest(d, random) <= 0.05) rejected++;
    }
    expect(rejected / runs).toBeLessThanOrEqual(0.062);
    expect(rejected / runs).toBeGreaterThan(0.03);
  });
});
