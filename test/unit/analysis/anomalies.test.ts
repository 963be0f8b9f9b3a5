import { describe, expect, it } from 'vitest';
import { findAnomalies } from '../../../src/core/analysis/anomalies';
import { anomalySchema } from '../../../src/core/model/pattern';
import { seededRandom } from '../support/memoryPorts';
import { bins, type Simulated, simulated, startOf } from './weeks';

function series(patternId: string, corrections: readonly number[], exposure?: readonly number[]) {
  return { patternId, bins: bins(corrections, exposure) };
}

describe('anomalies', () => {
  it('are weeks far above the pattern’s own past', () => {
    const found = findAnomalies([series('p_a', [1, 0, 1, 2, 1, 0, 1, 1, 0, 1, 12, 1])]);
    expect(found.map((each) => [each.patternId, each.observed])).toEqual([['p_a', 12]]);
    expect(anomalySchema.safeParse(found[0]).success).toBe(true);
    expect(found[0]?.weekStart).toBe(startOf(10));
    expect(found[0]?.expected).toBeCloseTo(8.5 / 10, 12);
    expect(found[0]?.pValue).toBeLessThan(1e-7);
    // Four weeks are tested, and this one has the least p.
    expect(found[0]?.adjustedPValue).toBeCloseTo(4 * (found[0]?.pValue ?? 0), 15);
  });

  it('have no z where the usual distance from the median is 0, and are found by the tail alone', () => {
    const [found] = findAnomalies([series('p_a', [0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 8])]);
    expect(found?.zScore).toBeNull();
    expect(found?.observed).toBe(8);
  });

  it('need a robust z of 3.5 where there is one', () => {
    // Rates from 2 to 18 with a MAD of 6: 46 is far beyond chance of Poisson counts, and within the usual spread.
    const wide = [2, 18, 4, 16, 2, 18, 4, 16, 2, 18];
    expect(findAnomalies([series('p_a', [...wide, 30])])).toEqual([]);
    const [found] = findAnomalies([series('p_a', [...wide, 110])]);
    expect(found?.zScore).toBeGreaterThan(3.5);
  });

  it('are not found where a busy week has as many more sessions', () => {
    const counts = [1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 12, 1];
    expect(
      findAnomalies([
        series(
          'p_a',
          counts,
          counts.map((count) => count * 3),
        ),
      ]),
    ).toEqual([]);
  });

  it('need a past, and stand out among all weeks tested', () => {
    expect(findAnomalies([series('p_a', [0, 0, 9])])).toEqual([]);
    const slight = [0, 1, 0, 0, 1, 0, 0, 1, 2, 0];
    const many = Array.from({ length: 40 }, (_, index) => series(`p_${index}`, slight));
    expect(findAnomalies(many)).toEqual([]);
  });

  it('forget what was usual more than a year ago', () => {
    const long = [...new Array<number>(60).fill(40), ...new Array<number>(60).fill(1), 12];
    expect(findAnomalies([series('p_a', long)]).map((each) => each.observed)).toEqual([12]);
  });

  it('are told by what many patterns show of repeats, where one pattern’s past is too rare to show it', () => {
    const rare = [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 5, 0, 0];
    const others = Array.from({ length: 10 }, (_, index) =>
      series(
        `p_${index}`,
        Array.from({ length: 40 }, (_unused, week) => ((week + index * 3) % 10 === 0 ? 4 : 0)),
      ),
    );
    expect(findAnomalies([series('p_rare', rare)])).toHaveLength(1);
    expect(findAnomalies([series('p_rare', rare), ...others])).toEqual([]);
  });
});

/** Share of runs, each of `patterns` series, in which a week was found; with `burst`, in which that week of the first was. */
function foundIn(setting: Simulated, patterns: number, runs: number, burst?: number): number {
  const random = seededRandom(7);
  const at = setting.weeks - 4;
  let found = 0;
  for (let run = 0; run < runs; run++) {
    const made = Array.from({ length: patterns }, (_, index) => ({
      patternId: `p_${index}`,
      bins: simulated(
        index === 0 && burst !== undefined
          ? { ...setting, course: (week) => (week === at ? burst : 1) }
          : setting,
        random,
      ),
    }));
    const anomalies = findAnomalies(made);
    const hit =
      burst === undefined
        ? anomalies.length > 0
        : anomalies.some((each) => each.patternId === 'p_0' && each.weekStart === startOf(at));
    if (hit) found++;
  }
  return found / runs;
}

/** With nothing to be found every finding is false, so the false discovery rate is the share of runs that find something. */
function nominal(runs: number): number {
  return 0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs);
}

describe('under a constant rate, the false discovery rate', () => {
  it.each(['constant', 'irregular', 'growing', 'stepping'] as const)(
    'is at most 5%% with %s exposure',
    (exposure) => {
      for (const rate of [0.1, 0.5, 2, 10]) {
        expect(foundIn({ weeks: 52, rate, exposure }, 1, 400)).toBeLessThanOrEqual(nominal(400));
        expect(foundIn({ weeks: 30, rate, exposure }, 10, 100)).toBeLessThanOrEqual(nominal(100));
      }
    },
  );

  // A single rare pattern cannot tell repeats from a burst: alone it may exceed the rate, ten together do not.
  it.each(['constant', 'irregular'] as const)(
    'is so for corrections that repeat, with %s exposure',
    (exposure) => {
      for (const rate of [0.1, 0.5, 2, 10]) {
        const setting = { weeks: 40, rate, exposure, repeats: 1.5 };
        expect(foundIn(setting, 12, 100)).toBeLessThanOrEqual(nominal(100));
      }
    },
  );
});

describe('a week with a burst', () => {
  // Measured with 10 patterns of a year: of 2 a week, 0.5 of fivefold weeks and 0.99 of tenfold ones; of 10 a week all.
  it.each([
    [0.5, 10, 0.25],
    [2, 5, 0.35],
    [2, 10, 0.9],
    [10, 5, 0.95],
  ])(
    'of a pattern of %f a week, %i times the usual, is found at a power of at least %f',
    (rate, burst, power) => {
      expect(foundIn({ weeks: 52, rate, exposure: 'constant' }, 10, 100, burst)).toBeGreaterThan(power);
    },
  );
});
