import { describe, expect, it } from 'vitest';
import { findAnomalies } from '../../../src/core/analysis/anomalies';
import { trendOf } from '../../../src/core/analysis/trend';
import { exposureOf, weeklyBins } from '../../../src/core/analysis/weeklySeries';
import { correction, session } from './corrections';

const week = 7 * 86_400_000;
const monday = Date.parse('2026-01-05T00:00:00Z');

function bins(corrections: readonly number[], exposure: readonly number[] = []) {
  return corrections.map((count, index) => ({
    start: new Date(monday + index * week).toISOString(),
    corrections: count,
    exposure: exposure[index] ?? 0,
  }));
}

function series(patternId: string, corrections: readonly number[], exposure?: readonly number[]) {
  return { schemaVersion: 1 as const, patternId, bins: bins(corrections, exposure), trend: trendOf([]) };
}

describe('the weekly series', () => {
  it('starts on Monday, holds empty weeks, and ends with the newest record', () => {
    const said = [correction('x', 0), correction('y', 6), correction('z', 15)];
    const exposure = exposureOf('engineer', said, [session(0), session(8)], '2026-03-25T00:00:00Z');
    expect(
      weeklyBins(
        said.map((each) => each.timestamp),
        exposure,
      ),
    ).toEqual([
      { start: '2026-03-02T00:00:00.000Z', corrections: 2, exposure: 2 },
      { start: '2026-03-09T00:00:00.000Z', corrections: 0, exposure: 1 },
      { start: '2026-03-16T00:00:00.000Z', corrections: 1, exposure: 1 },
      { start: '2026-03-23T00:00:00.000Z', corrections: 0, exposure: 0 },
    ]);
  });

  it('is at most ten years long, whatever a damaged time stamp says', () => {
    const said = [correction('x', 0, { timestamp: '1970-01-01T00:00:00Z' }), correction('y', 0)];
    expect(weeklyBins([], exposureOf('engineer', said, [], '2026-03-02T00:00:00Z'))).toHaveLength(520);
  });
});

describe('the trend', () => {
  it('is unknown below eight weeks', () => {
    expect(trendOf(bins([0, 1, 2, 3, 4, 5, 6]))).toEqual({
      direction: 'unknown',
      slopePerWeek: null,
      interval: null,
      pValue: null,
    });
  });

  it('rises, falls or is steady, with its slope a week', () => {
    expect(trendOf(bins([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))).toMatchObject({
      direction: 'rising',
      slopePerWeek: 1,
    });
    expect(trendOf(bins([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]))).toMatchObject({
      direction: 'falling',
      slopePerWeek: -1,
    });
    expect(trendOf(bins([2, 0, 1, 2, 0, 1, 2, 0, 1, 2])).direction).toBe('steady');
  });

  it('is that of the rate: more corrections in more sessions are no trend', () => {
    const counts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect(
      trendOf(
        bins(
          counts,
          counts.map((count) => count * 2),
        ),
      ),
    ).toMatchObject({ direction: 'steady', slopePerWeek: 0 });
  });

  it('leaves out weeks without sessions', () => {
    const counts = [1, 0, 2, 0, 3, 0, 4, 0, 5, 0];
    const exposure = counts.map((count) => (count === 0 ? 0 : 1));
    expect(trendOf(bins(counts, exposure)).direction).toBe('unknown');
  });
});

describe('anomalies', () => {
  it('are weeks far above the pattern’s own past', () => {
    const found = findAnomalies([series('p_a', [1, 0, 1, 2, 1, 0, 1, 1, 0, 1, 12, 1])]);
    expect(found.map((each) => [each.patternId, each.observed])).toEqual([['p_a', 12]]);
    expect(found[0]?.weekStart).toBe(new Date(monday + 10 * week).toISOString());
    expect(found[0]?.expected).toBeCloseTo(8.5 / 10, 12);
    expect(found[0]?.pValue).toBeLessThan(1e-8);
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
});
