import { describe, expect, it } from 'vitest';
import { commonDispersion, rateDifference, rateInterval } from '../../../src/core/statistics/rateInterval';
import { seededRandom } from '../support/memoryPorts';

/** Counts of sessions of which most are quiet and some are troubled: variance well above the mean. */
function sessions(count: number, random: { next(): number }): number[] {
  const poisson = (mean: number) => {
    let [events, product] = [0, random.next()];
    while (product > Math.exp(-mean)) {
      events++;
      product *= random.next();
    }
    return events;
  };
  return Array.from({ length: count }, () => poisson(random.next() < 0.25 ? 1.6 : 0.1333333));
}

const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);

describe('the interval of a rate', () => {
  it('solves the score equation at both ends', () => {
    const { rate, interval } = rateInterval(3, 14, 1.5) ?? { rate: 0, interval: [0, 0] };
    expect(rate).toBeCloseTo(3 / 14, 12);
    for (const end of interval) expect((3 - 14 * end) ** 2).toBeCloseTo(1.959964 ** 2 * 1.5 * 14 * end, 5);
  });

  it('says what no correction leaves open, and nothing without sessions', () => {
    expect(rateInterval(0, 10, 1)?.interval[0]).toBe(0);
    expect(rateInterval(0, 10, 1)?.interval[1]).toBeCloseTo(0.38415, 4);
    expect(rateInterval(0, 0, 1)).toBeNull();
  });

  it('holds the truth in at least 92% of runs of overdispersed counts, where the Poisson interval does not', () => {
    const random = seededRandom(7);
    const truth = 0.25 * 1.6 + 0.75 * 0.1333333;
    let held = 0;
    let plain = 0;
    let differences = 0;
    for (let run = 0; run < 2000; run++) {
      const [a, b] = [sessions(40, random), sessions(40, random)];
      const dispersion = commonDispersion([a, b]);
      const holds = (value: number, of: ReturnType<typeof rateInterval>) =>
        of !== null && of.interval[0] <= value && value <= of.interval[1];
      const [left, right] = [rateInterval(sum(a), 40, dispersion), rateInterval(sum(b), 40, dispersion)];
      if (holds(truth, left)) held++;
      if (holds(truth, rateInterval(sum(a), 40, 1))) plain++;
      if (left && right && holds(0, rateDifference(left, right))) differences++;
    }
    expect(held / 2000).toBeGreaterThan(0.92);
    expect(plain / 2000).toBeLessThan(0.9);
    expect(differences / 2000).toBeGreaterThan(0.92);
  });
});
