import { describe, expect, it } from 'vitest';
import { findAnomalies } from '../../../src/core/analysis/anomalies';
import { anomalySentence, forecastSentence, trendSentence } from '../../../src/core/analysis/describeSeries';
import { forecastOf } from '../../../src/core/analysis/forecast';
import { trendOf } from '../../../src/core/analysis/trend';
import { bins } from './weeks';

describe('the sentence of a trend', () => {
  it('says the direction, how fast, and how sure', () => {
    expect(
      trendSentence({ direction: 'rising', slopePerWeek: 0.412, interval: [0.1, 0.703], pValue: 0.0123 }),
    ).toBe(
      'Rising: 0.41 more corrections a week, each week (95% 0.1 to 0.7), at the usual number of sessions (p = 0.012).',
    );
    expect(
      trendSentence({ direction: 'falling', slopePerWeek: -12.4, interval: [-20.2, -0.0001], pValue: 1e-5 }),
    ).toBe(
      'Falling: 12 fewer corrections a week, each week (95% -20 to 0), at the usual number of sessions (p < 0.001).',
    );
  });

  it('claims no size where the median slope is 0', () => {
    expect(trendSentence({ direction: 'falling', slopePerWeek: 0, interval: [0, 0], pValue: 0.02 })).toBe(
      'Falling: corrections become less frequent (p = 0.02), but are too few to say how fast.',
    );
  });

  it('says of the others that there is nothing to see, or too little', () => {
    expect(trendSentence(trendOf(bins([2, 0, 1, 2, 0, 1, 2, 0, 1, 2])))).toMatch(
      /^Steady: no rise or fall beyond chance \(p = 0\.\d+\)\.$/,
    );
    expect(trendSentence(trendOf(bins([1, 2, 3])))).toBe(
      'No trend can be told: fewer than 8 weeks with sessions are known.',
    );
  });
});

describe('the sentence of a forecast', () => {
  it('says what the next week and the last one hold, and at which exposure', () => {
    expect(
      forecastSentence({
        method: 'Smoothing.',
        level: 0.8,
        exposure: 4.96,
        weeks: [
          { start: '2026-03-02T00:00:00.000Z', expected: 2.13, interval: [0, 4] },
          { start: '2026-03-09T00:00:00.000Z', expected: 2.13, interval: [0, 4] },
          { start: '2026-03-16T00:00:00.000Z', expected: 1.96, interval: [1, 5] },
        ],
      }),
    ).toBe(
      'If nothing is done: 2.1 corrections expected in the week of 2 March 2026 (80%: 0 to 4), 2 in the week of 16 March 2026 (80%: 1 to 5), at 5 sessions a week.',
    );
  });

  it('says that no session is expected, and nothing of sessions where none are known', () => {
    const ended = Array.from({ length: 40 }, (_, week) => (week < 20 ? 2 : 0));
    expect(forecastSentence(forecastOf(bins(ended, ended)))).toMatch(
      /^If nothing is done: 0 corrections expected .* \(80%: 0\), as of late there were no sessions\.$/,
    );
    expect(forecastSentence(forecastOf(bins(new Array<number>(20).fill(3))))).not.toContain('session');
  });

  it('says that there is none', () => {
    for (const none of [null, undefined, forecastOf(bins([1, 2]))])
      expect(forecastSentence(none)).toBe('No forecast: fewer than 12 weeks with sessions are known.');
  });
});

describe('the sentence of an anomaly', () => {
  it('says the week, the counts, and how often chance does that', () => {
    expect(
      anomalySentence({
        patternId: 'p_a',
        weekStart: '2026-03-02T00:00:00.000Z',
        observed: 9,
        expected: 2.14,
        zScore: 4,
        pValue: 1 / 4012,
        adjustedPValue: 0.003,
      }),
    ).toBe(
      'Week of 2 March 2026: 9 corrections where 2.1 were expected (1 in 4,000 by chance; p = 0.003 after allowing for all weeks looked at).',
    );
  });

  it('reads on for one that was found, and for a record without the adjusted value', () => {
    const [found] = findAnomalies([{ patternId: 'p_a', bins: bins([1, 0, 1, 2, 1, 0, 1, 1, 0, 1, 30, 1]) }]);
    expect(found && anomalySentence(found)).toMatch(
      /^Week of 16 March 2026: 30 corrections where 0\.85 were expected \(less than 1 in 1,000,000,000 by chance; p < 0\.001 after/,
    );
    expect(
      anomalySentence({
        patternId: 'p_a',
        weekStart: '2026-12-28T00:00:00.000Z',
        observed: 5,
        expected: 1,
        zScore: null,
        pValue: 0.0004,
      }),
    ).toBe('Week of 28 December 2026: 5 corrections where 1 was expected (1 in 2,500 by chance).');
  });
});
