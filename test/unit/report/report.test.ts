import { describe, expect, it } from 'vitest';
import type { Pattern } from '../../../src/core/model/pattern';
import type { AbTest } from '../../../src/core/model/validation';
import { buildReport, type ReportRecords } from '../../../src/core/report/buildReport';
import { intervalChart, trendChart, trendTable } from '../../../src/core/report/charts';
import { percent, points, pValue } from '../../../src/core/report/format';
import { escapeHtml, html } from '../../../src/core/report/html';
import { reportPage } from '../../../src/core/report/reportPage';

const week = (start: string, corrections: number) => ({
  start: `${start}T00:00:00Z`,
  corrections,
  exposure: 5,
});

function pattern(patternId: string, impact: number, text: string): Pattern {
  return {
    schemaVersion: 1,
    patternId,
    title: text,
    agentType: 'engineer',
    correctionType: 'approach_correction',
    severity: 'high',
    support: { corrections: 6, sessions: 5, days: 4 },
    impact,
    confidence: 0.83,
    confidenceParts: { recurrence: 0.9, coherence: 0.92 },
    trend: { direction: 'rising', slopePerWeek: 0.5, interval: [0.1, 0.9], pValue: 0.02 },
    coverage: { state: 'disobeyed', line: 12, instruction: 'Use the session workspace.', similarity: 0.71 },
    exemplars: [
      {
        correctionId: 'c1',
        sessionId: 's1',
        timestamp: '2026-01-05T10:00:00Z',
        text,
        originalResponse: 'Editing /main',
        evidence: { path: 'sessions/a.jsonl', line: 7 },
      },
    ],
    memberIds: ['c1'],
    terms: [],
    firstSeen: '2026-01-05T10:00:00Z',
    lastSeen: '2026-02-05T10:00:00Z',
  };
}

const records: ReportRecords = {
  corrections: [{ correctionId: 'c1' }],
  sessions: [{ sessionId: 's1' }],
  patterns: [pattern('p1', 0.1, 'less'), pattern('p2', 0.4, '<script>alert(1)</script>')],
  trends: [
    {
      schemaVersion: 1,
      patternId: 'p2',
      bins: [week('2026-01-05', 2), week('2026-01-12', 0), week('2026-01-19', 4)],
      trend: { direction: 'rising', slopePerWeek: 0.5, interval: [0.1, 0.9], pValue: 0.02 },
    },
  ],
  improvements: [],
  validationReports: [],
  templates: [],
  skipped: [],
};
const model = buildReport(records, '2026-03-01T00:00:00.000Z');

const abTest: Pick<AbTest, 'difference' | 'interval'> = { difference: 0.25, interval: [-0.05, 0.5] };

describe('the report', () => {
  it('puts the most weighty pattern first', () => {
    expect(model.patterns.map((entry) => entry.pattern.patternId)).toEqual(['p2', 'p1']);
  });

  it('is the same page for the same records', () => {
    const reversed = { ...records, patterns: records.patterns.toReversed() };
    expect(reportPage(buildReport(reversed, model.generatedAt))).toBe(reportPage(model));
  });

  it('shows support, confidence with its parts, trend with its interval, coverage and the source', () => {
    const page = reportPage(model);
    expect(page).toContain('6 corrections in 5 sessions on 4 days');
    expect(page).toContain('83% <span class="quiet">(recurrence 90%, coherence 92%)');
    expect(page).toContain(
      'Trend: rising, 0.50 corrections a week per week, 95% interval 0.10 to 0.90, p 0.020.',
    );
    expect(page).toContain('Use the session workspace.');
    expect(page).toContain('<code>sessions/a.jsonl:7</code>');
  });

  it('never lets a record’s words become markup', () => {
    const page = reportPage(model, { nonce: 'n', script: 's.js' });
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page.match(/<script/g)).toHaveLength(1);
  });

  it('asks for a source by the correction’s id inside a webview', () => {
    expect(reportPage(model, { nonce: 'n', script: 's.js' })).toContain('data-correction="c1"');
  });
});

describe('charts', () => {
  it('draws a bar a week, the highest at full height, and says so to screen readers', () => {
    const { markup } = trendChart(records.trends[0]?.bins ?? []);
    expect(markup.match(/<rect/g)).toHaveLength(3);
    expect(markup).toContain('height="44"><title>2026-01-19: 4 corrections</title>');
    expect(markup).toContain('height="22"><title>2026-01-05: 2 corrections</title>');
    expect(markup).toContain('aria-label="Corrections a week over 3 weeks, highest 4"');
  });

  it('stands beside a table with the same figures', () => {
    expect(trendTable(records.trends[0]?.bins ?? []).markup).toContain(
      '<tr><td>2026-01-19</td><td>4</td><td>5</td></tr>',
    );
  });

  it('places the difference and its interval on one scale, zero in the middle', () => {
    const { markup } = intervalChart(abTest);
    expect(markup).toContain('class="zero" x1="180"');
    expect(markup).toContain('cx="222.5"');
    expect(markup).toContain('aria-label="Difference +25 pp, 95% interval -5 pp to +50 pp"');
  });

  it('draws no interval where there is none', () => {
    expect(intervalChart({ ...abTest, interval: null }).markup).not.toContain('class="interval"');
  });
});

describe('figures and texts', () => {
  it('are short and claim no more than they know', () => {
    expect([percent(0.834), points(-0.0512), points(0), pValue(0.0004), pValue(0.0316)]).toEqual([
      '83%',
      '-5.1 pp',
      '0 pp',
      '< 0.001',
      '0.032',
    ]);
  });

  it('are escaped unless they are markup already', () => {
    expect(escapeHtml(`<a href="x" id='y'>&`)).toBe('&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;');
    expect(html`<p>${'<b>'}${html`<i>${1}</i>`}</p>`.markup).toBe('<p>&lt;b&gt;<i>1</i></p>');
  });
});
