import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eValue, logEValue, runEProcess } from '../../../src/core/statistics/eProcess';
import { seededRandom } from '../support/memoryPorts';

/** The mixture integral by Simpson's rule, as a second way to the same number. */
function byQuadrature(aOnly: number, bOnly: number): number {
  const steps = 4000;
  const f = (p: number) => 2 * (2 * p) ** bOnly * (2 * (1 - p)) ** aOnly;
  let sum = f(0.5) + f(1);
  for (let i = 1; i < steps; i++) sum += f(0.5 + (i * 0.5) / steps) * (i % 2 === 1 ? 4 : 2);
  return (sum * 0.5) / steps / 3;
}

describe('the e-process on discordant pairs', () => {
  it('gives 31.9 after seven clean flips, below 20 after six', () => {
    expect(eValue(0, 7)).toBeCloseTo(31.875, 10);
    expect(eValue(0, 6)).toBeLessThan(20);
  });

  it('equals its mixture integral', () => {
    const count = fc.integer({ min: 0, max: 25 });
    fc.assert(
      fc.property(count, count, (aOnly, bOnly) => {
        const expected = byQuadrature(aOnly, bOnly);
        expect(Math.abs(eValue(aOnly, bOnly) / expected - 1)).toBeLessThan(1e-8);
      }),
    );
  });

  it('is a fair bet: its mean after any number of null flips is 1', () => {
    for (const flips of [1, 2, 7, 20]) {
      let mean = 0;
      let ways = 1;
      for (let bOnly = 0; bOnly <= flips; bOnly++) {
        mean += (ways / 2 ** flips) * eValue(flips - bOnly, bOnly);
        ways = (ways * (flips - bOnly)) / (bOnly + 1);
      }
      expect(mean).toBeCloseTo(1, 10);
    }
  });

  it('stays finite and keeps its logarithm far out on either side', () => {
    expect(eValue(0, 5000)).toBe(Number.MAX_VALUE);
    // With p near 1/2 at best, b's case against 2,000 flips for a: E = 1/2001 of what a coin gives.
    expect(logEValue(2000, 0)).toBeCloseTo(-Math.log(2001), 6);
    expect(logEValue(400, 900)).toBeCloseTo(95.93033802054416, 8);
  });

  it('keeps the running maximum and the first look at which the threshold was reached', () => {
    const run = runEProcess([0, 1, 1, 1, 1, 0, 1, 1, 1, -1, -1], 20);
    expect(run.crossedAt).toBe(9);
    expect(run.maximum).toBeCloseTo(31.875, 10);
    expect(run.final).toBeCloseTo(byQuadrature(2, 7), 8);
    expect(runEProcess([], 20)).toEqual({ final: 1, maximum: 1, crossedAt: null });
  });

  it('looked at after every pair, ships at most 5% of null runs, and finds 3 to 1 in most', () => {
    const ships = (chance: number, seed: number, pairs: number) => {
      const random = seededRandom(seed);
      let shipped = 0;
      for (let run = 0; run < 1500; run++) {
        const signs = Array.from({ length: pairs }, () => (random.next() < chance ? 1 : -1));
        if (runEProcess(signs, 20).crossedAt !== null) shipped++;
      }
      return shipped / 1500;
    };
    const wrongly = ships(0.5, 13, 150);
    expect(wrongly).toBeGreaterThan(0.01);
    expect(wrongly).toBeLessThanOrEqual(0.05);
    expect(ships(0.75, 14, 100)).toBeGreaterThan(0.95);
  });
});
