import { describe, expect, it } from 'vitest';
import type { AbTest } from '../../../src/core/model/validation';
import { buildReport } from '../../../src/core/report/buildReport';
import { noPatterns } from '../../../src/core/report/emptyState';
import { grouped, percent, points, pValue } from '../../../src/core/report/format';
import { escapeHtml, html } from '../../../src/core/report/html';
import { intervalChart } from '../../../src/core/report/intervalChart';
import { detailedPatterns, reportPage } from '../../../src/core/report/reportPage';
import { totalsLine } from '../../../src/core/report/totalsLine';
import { webviewPage } from '../../../src/core/report/webviewPage';
import { hostile, sampleModel, sampleRecords } from './samples';

const abTest: Pick<AbTest, 'difference' | 'interval'> = { difference: 0.25, interval: [-0.05, 0.5] };

describe('the report', () => {
  it('puts the most weighty pattern first', () => {
    expect(sampleModel.patterns.map((entry) => entry.pattern.patternId)).toEqual(['p2', 'p1']);
  });

  it('is the same page for the same records', () => {
    const reversed = { ...sampleRecords, patterns: sampleRecords.patterns.toReversed() };
    expect(reportPage(buildReport(reversed, sampleModel.generatedAt))).toBe(reportPage(sampleModel));
  });
});

describe('the page that is a file', () => {
  const page = reportPage(sampleModel);

  it('holds no script and loads nothing', () => {
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).not.toMatch(/<script|<link|<[^>]+ src=|url\(/);
    expect(page).not.toMatch(/<[^>]+ on[a-z]+=/);
  });

  it('shows the words of records as words', () => {
    expect(page).toContain(escapeHtml(hostile));
    expect(page).not.toContain('<img');
  });

  it('lists every pattern with a link to its details', () => {
    expect(page.match(/<a href="#pattern-\d">/g)).toHaveLength(2);
    expect(page.match(/<details class="card" id="pattern-\d" open>/g)).toHaveLength(2);
  });

  it('has the details of the most weighty where there are very many, and says so', () => {
    const [first] = sampleRecords.patterns;
    if (!first) throw new Error('The sample has a pattern.');
    const patterns = Array.from({ length: 300 }, (_, index) => ({ ...first, patternId: `p${index}` }));
    const long = reportPage(buildReport({ ...sampleRecords, patterns }, ''));
    expect(long.match(/<details class="card"/g)).toHaveLength(detailedPatterns);
    expect(long).toContain('Details follow of the 250 most weighty of 300 patterns.');
  });

  it('opens the first ten and leaves the rest to be opened', () => {
    const [first] = sampleRecords.patterns;
    if (!first) throw new Error('The sample has a pattern.');
    const patterns = Array.from({ length: 12 }, (_, index) => ({ ...first, patternId: `p${index}` }));
    const long = reportPage(buildReport({ ...sampleRecords, patterns }, ''));
    expect(long.match(/id="pattern-\d+" open>/g)).toHaveLength(10);
    expect(long.match(/id="pattern-\d+">/g)).toHaveLength(2);
  });

  it('says what to do where there is nothing to show, and names what could not be read', () => {
    const empty = reportPage(
      buildReport(
        {
          ...sampleRecords,
          counts: { corrections: 0, sessions: 0 },
          patterns: [],
          clusters: [],
          skipped: [{ path: '<b>x', line: 3, reason: 'it is not JSON' }],
        },
        '',
      ),
    );
    expect(empty).toContain('No corrections yet.');
    expect(empty).toContain('No map yet.');
    expect(empty).toContain('No improvements proposed yet.');
    expect(empty).toContain('<code>&lt;b&gt;x:3</code> it is not JSON');
    expect(empty).not.toContain('<button');
  });
});

describe('the page of the webview', () => {
  const page = webviewPage({ nonce: 'abc', script: 'https://example.test/report.js' });

  it('allows nothing but its own style and script, by nonce', () => {
    expect(page).toContain(
      'default-src &#39;none&#39;; style-src &#39;nonce-abc&#39;; script-src &#39;nonce-abc&#39;',
    );
    expect(page.match(/<(?:script|style)(?![^>]*nonce="abc")/g)).toBeNull();
    expect(page).not.toMatch(/ style="| on[a-z]+="/);
  });

  it('names every control and every part', () => {
    expect(page).toContain('role="listbox" tabindex="0" aria-label="Patterns, ranked"');
    for (const name of ['patterns', 'map', 'improvements', 'unread']) {
      expect(page).toContain(`aria-controls="panel-${name}"`);
      expect(page).toContain(`id="panel-${name}"`);
    }
  });

  it('offers the next step where there are no patterns', () => {
    const totals = { corrections: 0, sessions: 0, patterns: 0, improvements: 0 };
    expect(noPatterns(totals, true).markup).toContain('data-action="importCorrections"');
    expect(noPatterns({ ...totals, corrections: 3 }, true).markup).toContain('data-action="runImprovement"');
  });

  it('tells of corrections that came after the patterns', () => {
    const totals = { corrections: 100_000, sessions: 1, patterns: 5000, improvements: 0 };
    expect(totalsLine(totals, 0)).toBe('100,000 corrections in 1 session · 5,000 patterns');
    expect(totalsLine(totals, 2)).toContain('2 new since then');
  });
});

describe('the plot of an A/B result', () => {
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
    expect([grouped(7), grouped(1234), grouped(1_234_567)]).toEqual(['7', '1,234', '1,234,567']);
  });

  it('are escaped unless they are markup already', () => {
    expect(escapeHtml(`<a href="x" id='y'>&`)).toBe('&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;');
    expect(html`<p title="${'"'}">${'<b>'}${html`<i>${'&'}</i>`}</p>`.markup).toBe(
      '<p title="&quot;">&lt;b&gt;<i>&amp;</i></p>',
    );
  });
});
