import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exposureKendall } from '../../../src/core/statistics/exposureKendall';
import { mannKendall } from '../../../src/core/statistics/mannKendall';

describe('Mann-Kendall over units of exposure', () => {
  it('has the S and nearly the z of Mann-Kendall over the sessions, each corrected or not', () => {
    // Sessions of five weeks: of 2, 3, 1, 4 and 2 the last 0, 1, 0, 2 and 2 are corrected.
    const sessions = [0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1];
    const byWeek = exposureKendall([0, 1, 0, 2, 2], [2, 3, 1, 4, 2]);
    // Pairs within a week are no pairs: 0 * 2 in week 1, 1 * 2 in week 2, 2 * 2 in week 4 come off.
    expect(byWeek.s).toBe(mannKendall(sessions).s - 1 * 2 - 2 * 2);
  });

  it('equals Mann-Kendall where each week has one session', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 8, maxLength: 40 }), (values) => {
        const ones = values.map(() => 1);
        expect(exposureKendall(values, ones).s).toBe(mannKendall(values).s);
      }),
    );
  });

  it('has the variance of S over all ways in which two corrections can fall on the sessions', () => {
    const exposures = [1, 3, 2];
    const units = exposures.flatMap((exposure, week) => new Array<number>(exposure).fill(week));
    let mean = 0;
    let square = 0;
    for (const first of units)
      for (const second of units) {
        const events = [0, 0, 0].map((_, week) => Number(week === first) + Number(week === second));
        const { s } = exposureKendall(events, exposures);
        mean += s / units.length ** 2;
        square += s ** 2 / units.length ** 2;
      }
    expect(mean).toBeCloseTo(0, 12);
    const { variance, dispersion } = exposureKendall([0, 1, 1], exposures);
    expect(variance / dispersion).toBeCloseTo(square, 12);
  });

  it('sees no trend where corrections follow sessions, whatever these do', () => {
    const exposure = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 8, maxLength: 30 });
    fc.assert(
      fc.property(exposure, fc.integer({ min: 1, max: 4 }), (exposures, rate) => {
        const { s } = exposureKendall(
          exposures.map((sessions) => sessions * rate),
          exposures,
        );
        expect(s).toBe(0);
      }),
    );
  });

  it('turns its sign when time is turned, and knows nothing of nothing', () => {
    const forward = exposureKendall([0, 1, 0, 3, 2], [4, 1, 2, 3, 5]);
    const backward = exposureKendall([2, 3, 0, 1, 0], [5, 3, 2, 1, 4]);
    expect(backward.z).toBeCloseTo(-forward.z, 12);
    expect(exposureKendall([0, 0, 0], [1, 2, 3])).toMatchObject({ z: 0, pValue: 1 });
  });
});
