import { describe, expect, it } from 'vitest';
import { bootstrapMeanInterval } from '../../../src/core/statistics/bootstrap';
import { seededRandom } from '../support/memoryPorts';

const darwin = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
const alone = (values: readonly number[]) => values.map((value) => [value]);

describe('the bootstrap interval of a mean', () => {
  it("is scipy's BCa interval for Darwin's maize, within the noise of resampling", () => {
    // scipy.stats.bootstrap, method BCa, 99,999 resamples, scipy 1.17.1: -1.53 to 36.27.
    const interval = bootstrapMeanInterval(alone(darwin), seededRandom(2));
    expect(Math.abs((interval?.[0] ?? 0) + 1.53)).toBeLessThan(1);
    expect(Math.abs((interval?.[1] ?? 0) - 36.27)).toBeLessThan(1);
  });

  it('is the same for the same seed', () => {
    const again = () => bootstrapMeanInterval(alone(darwin), seededRandom(2));
    expect(again()).toEqual(again());
  });

  it('is the mean itself where all agree, and unknown for a single unit', () => {
    expect(bootstrapMeanInterval(alone([0.25, 0.25, 0.25]), seededRandom(1))).toEqual([0.25, 0.25]);
    expect(bootstrapMeanInterval([[1, 2, 3]], seededRandom(1))).toBeNull();
  });

  it('is wider when repeats of one scenario are drawn together', () => {
    const clusters = [0.9, 0.1, -0.4, 0.5, 0.2, -0.1, 0.7, 0.3].map((value) => Array<number>(10).fill(value));
    const width = (interval: readonly [number, number] | null) => (interval?.[1] ?? 0) - (interval?.[0] ?? 0);
    const together = width(bootstrapMeanInterval(clusters, seededRandom(1)));
    const apart = width(bootstrapMeanInterval(alone(clusters.flat()), seededRandom(1)));
    expect(together).toBeGreaterThan(2.5 * apart);
  });

  it('covers the true mean of skewed differences in most runs', () => {
    const random = seededRandom(23);
    let covered = 0;
    const runs = 60;
    for (let run = 0; run < runs; run++) {
      const sample = Array.from({ length: 20 }, () => -Math.log(1 - random.next()) - 1);
      const [low, high] = bootstrapMeanInterval(alone(sample), random) ?? [1, 1];
      if (low <= 0 && 0 <= high) covered++;
    }
    expect(covered / runs).toBeGreaterThan(0.83);
  });
});
