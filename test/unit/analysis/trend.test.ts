import { describe, expect, it } from 'vitest';
import { trendOf } from '../../../src/core/analysis/trend';
import { exposureOf, weeklyBins } from '../../../src/core/analysis/weeklySeries';
import type { Correction, Session } from '../../../src/core/model/correction';
import { correction, session } from './corrections';
import { bins } from './weeks';

const newest = Date.parse('2026-03-25T00:00:00Z');
const corrections = ({ sessionId, timestamp }: Correction) => ({ sessionId, time: Date.parse(timestamp) });
const addressed = ({ interactions }: Session) => (interactions['engineer'] ?? 0) > 0;

describe('the weekly series', () => {
  it('starts on Monday, holds empty weeks, and ends with the newest record', () => {
    const said = [correction('x', 0), correction('y', 6), correction('z', 15)];
    const corrected = said.map(corrections);
    const other = session(15, { interactions: { qa: 2 } });
    const exposure = exposureOf(corrected, [session(0), session(8), other], addressed, newest);
    expect(
      weeklyBins(
        corrected.map(({ time }) => time),
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
    const newestOne = Date.parse('2026-03-02T00:00:00Z');
    expect(weeklyBins([], exposureOf(said.map(corrections), [], addressed, newestOne))).toHaveLength(520);
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

  it('has no direction where only the sessions become more, however few corrections a session has', () => {
    const exposure = [...new Array<number>(26).fill(1), ...new Array<number>(26).fill(20)];
    // One correction in ten sessions: in weeks 5, 15 and 25 of the first half, two in each week of the second.
    const counts = exposure.map((sessions, week) => (sessions === 20 ? 2 : Number(week % 10 === 5)));
    const { direction, interval } = trendOf(bins(counts, exposure));
    expect(direction).toBe('steady');
    expect(interval?.[0]).toBeLessThanOrEqual(0);
    expect(interval?.[1]).toBeGreaterThanOrEqual(0);
  });

  it('has the slope of its weeks where ten years of them are joined', () => {
    const counts = Array.from({ length: 520 }, (_, week) => Math.floor(week / 60) + (week % 3));
    const { direction, slopePerWeek } = trendOf(
      bins(
        counts,
        counts.map(() => 4),
      ),
    );
    expect(direction).toBe('rising');
    expect(slopePerWeek).toBeCloseTo(1 / 60, 3);
  });
});
