import { describe, expect, it } from 'vitest';
import { blockShape, riseEValue, riseTest, unitsToFind } from '../../../src/core/statistics/riseTest';
import { seededRandom } from '../support/memoryPorts';

const threshold = 20;

function runs(count: number, baseline: number, shares: { before: number; after: number }, most: number) {
  const random = seededRandom(20261126);
  const draw = (units: number, share: number) => Array.from({ length: units }, () => random.next() < share);
  return Array.from({ length: count }, () =>
    riseTest(draw(baseline, shares.before), draw(most, shares.after), threshold),
  );
}

describe('the always-valid test for a rise', () => {
  for (const baseline of [5, 20, 60, 150, 400]) {
    for (const share of [0.05, 0.2, 0.5, 0.9]) {
      it(`gives a false alarm in at most 5% of null runs, looked at after every session (${baseline} before, share ${share})`, () => {
        const alarms = runs(1000, baseline, { before: share, after: share }, 400).filter(
          ({ crossedAt }) => crossedAt !== null,
        ).length;
        expect(alarms / 1000).toBeLessThanOrEqual(0.05);
      });
    }
  }

  it('has an expectation of at most 1 in a single block, whatever the common share is, by summing over all outcomes', () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);
    for (const shape of [
      { before: 1, after: 1 },
      { before: 4, after: 1 },
      { before: 1, after: 3 },
    ]) {
      for (const share of [0.001, 0.03, 0.2, 0.45, 0.8, 0.999]) {
        let expectation = 0;
        for (let b = 0; b <= shape.before; b++) {
          for (let a = 0; a <= shape.after; a++) {
            const chance =
              choose(shape.before, b) *
              choose(shape.after, a) *
              share ** (a + b) *
              (1 - share) ** (shape.before + shape.after - a - b);
            expectation += chance * riseEValue(shape, { ...shape, beforeEvents: b, afterEvents: a });
          }
        }
        expect(expectation).toBeLessThanOrEqual(1 + 1e-12);
      }
    }
  });

  it('finds a doubling from 0.3 to 0.6, the sooner the longer the baseline, and a fall never', () => {
    const median = (baseline: number) => {
      const at = runs(400, baseline, { before: 0.3, after: 0.6 }, 400)
        .map(({ crossedAt }) => crossedAt ?? Number.POSITIVE_INFINITY)
        .sort((a, b) => a - b);
      return at[200] ?? 0;
    };
    const [short, long] = [median(60), median(240)];
    expect(long).toBeLessThan(short);
    expect(long).toBeLessThan(45);
    const falls = runs(400, 100, { before: 0.4, after: 0.2 }, 400);
    expect(falls.filter(({ crossedAt }) => crossedAt !== null)).toHaveLength(0);
  });

  it('takes the baseline for what it is: one lucky stretch before proves nothing', () => {
    const test = riseTest(
      [false, false],
      Array.from({ length: 100 }, () => true),
      threshold,
    );
    expect(test.maximum).toBeLessThan(threshold);
    expect(unitsToFind({ units: 2, events: 0 }, 2, threshold)).toBeNull();
  });

  it('knows nothing before the first block, and stands still when the baseline is used up', () => {
    expect(riseTest([], [true, true], threshold)).toMatchObject({ eValue: 1, blocks: 0, crossedAt: null });
    const before = Array.from({ length: 60 }, (_, index) => index % 3 === 0);
    const after = Array.from({ length: 60 }, (_, index) => index % 2 === 0);
    expect(riseTest(before, [...after, ...after], threshold)).toEqual(riseTest(before, after, threshold));
    expect(blockShape(60)).toEqual({ before: 1, after: 1 });
    expect(blockShape(15)).toEqual({ before: 1, after: 4 });
  });

  it('tells the sessions that a doubling takes', () => {
    const needed = unitsToFind({ units: 240, events: 72 }, 2, threshold);
    expect(needed).toBeGreaterThan(10);
    expect(needed).toBeLessThan(45);
  });
});
