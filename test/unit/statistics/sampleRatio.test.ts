import { describe, expect, it } from 'vitest';
import { SampleRatioTest } from '../../../src/core/statistics/sampleRatio';
import { seededRandom } from '../../../src/node/seededRandom';

function maximum(share: number, actual: number, units: number, seed: number): number {
  const random = seededRandom(seed);
  const test = new SampleRatioTest();
  for (let unit = 0; unit < units; unit++) test.add({ treated: random.next() < actual, share });
  return test.logMaximum;
}

const broken = (share: number, actual: number, units: number) =>
  Array.from({ length: 500 }, (_, seed) => maximum(share, actual, units, seed + 1)).filter(
    (value) => value >= Math.log(100),
  ).length / 500;

describe('the check of the sample ratio', () => {
  it('has the expectation 1 under the stated chance', () => {
    for (const share of [0.1, 0.5, 0.83]) {
      const worth = (treated: boolean) => {
        const test = new SampleRatioTest();
        test.add({ treated, share });
        return Math.exp(test.logValue);
      };
      expect(share * worth(true) + (1 - share) * worth(false)).toBeCloseTo(1, 12);
    }
  });

  it('stops at most 1% of sound assignments, looked at after every unit', () => {
    expect(broken(0.5, 0.5, 500)).toBeLessThan(0.025);
    expect(broken(0.1, 0.1, 500)).toBeLessThan(0.025);
  });

  it('finds broken ones', () => {
    expect(broken(0.5, 0.35, 500)).toBeGreaterThan(0.95);
    expect(broken(0.1, 0, 120)).toBe(1);
    expect(broken(0.5, 1, 12)).toBe(1);
  });

  it('needs no statistics for an assignment that could not be', () => {
    const test = new SampleRatioTest();
    test.add({ treated: false, share: 1 });
    expect(test.logMaximum).toBe(Number.POSITIVE_INFINITY);
  });
});
