import { describe, expect, it } from 'vitest';
import { escapeHtml } from '../../../src/core/report/html';
import { patternDetail } from '../../../src/core/report/patternDetail';
import { patternRow } from '../../../src/core/report/patternRow';
import { patternRowSchema, reportUpdateSchema } from '../../../src/protocol';
import { hostile, sampleEntry, sampleSeries } from './samples';

const anomaly = {
  patternId: 'p1',
  weekStart: '2026-01-19T00:00:00Z',
  observed: 4,
  expected: 0.7,
  zScore: 4.1,
  pValue: 0.001,
};

describe('the details of a pattern', () => {
  it('say why the confidence is what it is, factor by factor', () => {
    const { markup } = patternDetail(sampleEntry(), false);
    expect(markup).toContain('Why 0.83?');
    expect(markup).toMatch(/Recurrence<\/th><td>0\.90<\/td><td>Lower Wilson bound .* 5 distinct sessions/);
    expect(markup).toMatch(/Coherence<\/th><td>0\.92<\/td><td>Mean similarity .*, 0\.51, over 0\.55/);
    expect(markup).toContain('Confidence</th><td>0.83</td><td>0.90 × 0.92');
  });

  it('say what the impact is made of, and that it is not known where it is not', () => {
    const impactParts = { severityWeight: 0.75, sessions: 5, exposedSessions: 40 };
    const known = patternDetail(sampleEntry({ impact: 0.09375, impactParts }), false).markup;
    expect(known).toContain('Impact</th><td>0.094</td><td>0.75 × 5 / 40');
    expect(patternDetail(sampleEntry(), false).markup).toContain('The next analysis keeps the parts');
  });

  it('name the instruction that is disobeyed, with its line', () => {
    const { markup } = patternDetail(sampleEntry(), true);
    expect(markup).toContain('.claude/agents/engineer.md, line 12, already says so (similarity 0.71)');
    expect(markup).toContain('<blockquote>Use the session workspace.</blockquote>');
    expect(markup).toContain('data-action="openPrompt" data-pattern="p1"');
    const missing = patternDetail(sampleEntry({ coverage: { state: 'missing' } }), false).markup;
    expect(missing).toContain('No instruction in .claude/agents/engineer.md covers this');
  });

  it('ask for a source by the correction’s id in a webview, and print its place in a file', () => {
    const webview = patternDetail(sampleEntry(), true).markup;
    expect(webview).toContain('data-correction="c-p1"');
    expect(webview).not.toContain('data-path');
    const file = patternDetail(sampleEntry(), false).markup;
    expect(file).toContain('<code>sessions/a.jsonl:7</code>');
    expect(file).not.toContain('<button');
  });

  it('show what every dimension consists of, the most frequent first', () => {
    const { markup } = patternDetail(
      sampleEntry({
        dimensions: {
          agents: { engineer: 6 },
          types: { approach_correction: 6 },
          signals: { message: 2, 'tool-rejected': 4 },
          severities: { high: 6 },
          fileKinds: {},
          tools: { multi_edit: 1 },
        },
      }),
      false,
    );
    expect(markup).toContain('Signal</th><td>tool rejected (4), message (2)</td>');
    expect(markup).toContain('Tool</th><td>multi_edit (1)</td>');
    expect(markup).not.toContain('File kind');
  });

  it('tell of what it came from', () => {
    const lineage = [{ at: '2026-02-01T00:00:00Z', event: 'merged' as const, patternIds: ['p7', 'p8'] }];
    expect(patternDetail(sampleEntry({ lineage }), false).markup).toContain(
      '2026-02-01: it took in corrections of p7, p8.',
    );
  });

  it('never let a record’s words become markup', () => {
    const entry = sampleEntry({
      title: hostile,
      agentType: hostile,
      terms: [hostile],
      coverage: { state: 'disobeyed', line: 1, instruction: hostile },
      exemplars: [
        {
          correctionId: hostile,
          sessionId: hostile,
          timestamp: '2026-01-05T10:00:00Z',
          text: hostile,
          originalResponse: hostile,
          evidence: { path: hostile, line: 1 },
        },
      ],
      dimensions: {
        agents: { [hostile]: 1 },
        types: {},
        signals: {},
        severities: {},
        fileKinds: { [hostile]: 1 },
        tools: { [hostile]: 1 },
      },
      lineage: [{ at: '2026-02-01T00:00:00Z', event: 'born', patternIds: [hostile] }],
    });
    const { markup } = patternDetail({ ...entry, promptPath: hostile }, true);
    expect(markup).toContain(escapeHtml(hostile));
    expect(markup).not.toMatch(/<script|<img/);
  });
});

describe('the row of a pattern', () => {
  const series = sampleSeries('p1', { anomalies: [anomaly] });

  it('is what the protocol takes', () => {
    const row = patternRow(sampleEntry({}, series));
    expect(patternRowSchema.parse(row)).toEqual(row);
    expect(row).toMatchObject({ weeks: [2, 0, 4], unusual: true, coverage: 'disobeyed', decision: null });
  });

  it('is searched by terms and quotations, of which it holds no more than is needed', () => {
    const [exemplar] = sampleEntry().pattern.exemplars;
    if (!exemplar) throw new Error('The sample has an exemplar.');
    const long = { ...exemplar, text: 'x'.repeat(10_000) };
    const row = patternRow(sampleEntry({ exemplars: [long, long, long, long, long] }));
    expect(row.text.startsWith('workspac\n')).toBe(true);
    expect(row.text.length).toBeLessThan(1300);
  });

  it('is refused where it is not what it should be', () => {
    const row = { ...patternRow(sampleEntry()), severity: 'huge' };
    const update = { type: 'rows', rows: [row], complete: true };
    expect(reportUpdateSchema.safeParse(update).success).toBe(false);
  });
});
