import { describe, expect, it } from 'vitest';
import { timelineChart } from '../../../src/core/report/timeline';
import { timelineOf, trendLine } from '../../../src/core/report/timelineScale';
import { timelineTable } from '../../../src/core/report/timelineTable';
import { theilSen } from '../../../src/core/statistics/theilSen';
import { sampleSeries, week } from './samples';

const forecast = {
  method: 'Poisson.',
  level: 0.8,
  exposure: 5,
  weeks: [{ start: '2026-01-26T00:00:00Z', expected: 3.2, interval: [1, 6] as [number, number] }],
};
const anomalies = [
  {
    patternId: 'p1',
    weekStart: '2026-01-19T00:00:00Z',
    observed: 4,
    expected: 0.7,
    zScore: null,
    pValue: 0.001,
  },
];

describe('the timeline', () => {
  const { markup } = timelineChart(sampleSeries('p1', { forecast, anomalies }));

  it('draws a bar a week and says its figures', () => {
    expect(markup.match(/class="bar/g)).toHaveLength(3);
    expect(markup.match(/class="bar empty"/g)).toHaveLength(1);
    expect(markup).toContain('<title>Week from 2026-01-05: 2 corrections in 5 sessions</title>');
  });

  it('gives each week its height on one scale with the forecast', () => {
    // The forecast reaches 6, so that 4 corrections are two thirds of 110 pixels.
    expect(markup).toMatch(/class="bar"[^>]*height="73\.33"/);
    expect(markup).toMatch(/class="bar"[^>]*height="36\.67"/);
  });

  it('marks an unusual week by a shape, and in words', () => {
    expect(markup.match(/class="unusual"[^>]*>▼</g)).toHaveLength(1);
    expect(markup).toContain('4 corrections in 5 sessions, unusually many');
  });

  it('draws the forecast as an interval with what is expected', () => {
    expect(markup).toContain('<title>Week from 2026-01-26, forecast: 3.2 expected, 1 to 6</title>');
    expect(markup.match(/class="band"/g)).toHaveLength(1);
  });

  it('is no wider than its place: every width is a share', () => {
    expect(markup).toContain('width="100%"');
    expect(markup).not.toContain('viewBox');
    expect(
      [...markup.matchAll(/ (?:x|x1|x2|width)="(\d[\d.]*)(%?)"/g)].every(
        ([, value, unit]) => unit === '%' || value === '0',
      ),
    ).toBe(true);
    const places = [...markup.matchAll(/ x2?="([\d.]+)%"/g)].map(([, x]) => Number(x));
    expect(Math.max(...places)).toBeLessThanOrEqual(100);
  });

  it('says all of it to a screen reader, and leaves out what is not known', () => {
    expect(markup).toContain(
      'aria-label="Corrections a week over 3 weeks, highest 4, 1 unusual week, 1 forecast week. The table has the figures."',
    );
    const bare = timelineChart(
      sampleSeries('p1', {
        trend: { direction: 'unknown', slopePerWeek: null, interval: null, pValue: null },
      }),
    ).markup;
    expect(bare).not.toMatch(/trendLine|band|unusual"|forecast</);
    expect(timelineChart(sampleSeries('p1', { bins: [] })).markup).toBe('');
  });

  it('shows the last year of a longer history', () => {
    const bins = Array.from({ length: 80 }, (_, index) =>
      week(new Date(Date.UTC(2025, 0, 6 + 7 * index)).toISOString().slice(0, 10), index % 3),
    );
    expect(timelineOf(sampleSeries('p1', { bins })).weeks).toHaveLength(52);
    expect(timelineTable(sampleSeries('p1', { bins })).markup.match(/<tr>/g)).toHaveLength(81);
  });

  it('stands beside a table with the same figures, the latest first', () => {
    const table = timelineTable(sampleSeries('p1', { forecast, anomalies })).markup;
    const rows = [...table.matchAll(/<tr><td>(.*?)<\/td><\/tr>/g)].map(([, row]) => row?.split('</td><td>'));
    expect(rows).toEqual([
      ['2026-01-26', '3.2', '', 'forecast, 1 to 6'],
      ['2026-01-19', '4', '5', '▼ unusual: 0.7 expected'],
      ['2026-01-12', '0', '5', ''],
      ['2026-01-05', '2', '5', ''],
    ]);
  });
});

describe('the trend line', () => {
  const counts = [1, 2, 2, 4, 4, 6, 6, 7, 9, 9];
  const bins = counts.map((count, index) => week(`2026-01-${String(index + 1).padStart(2, '0')}`, count));

  it('has half of the weeks on either side', () => {
    const slope = theilSen(counts)?.slope ?? Number.NaN;
    const line = trendLine(bins, slope);
    const above = counts.filter((count, index) => count > (line[index] ?? 0) + 1e-9).length;
    const below = counts.filter((count, index) => count < (line[index] ?? 0) - 1e-9).length;
    expect(above).toBeLessThanOrEqual(5);
    expect(below).toBeLessThanOrEqual(5);
    expect((line[9] ?? 0) - (line[0] ?? 0)).toBeCloseTo(9 * slope);
  });

  it('never goes below no corrections', () => {
    expect(Math.min(...trendLine(bins, -3))).toBe(0);
  });
});
