import type { Cluster, Pattern, TrendSeries } from '../../../src/core/model/pattern';
import { buildReport, type ReportRecords } from '../../../src/core/report/buildReport';
import type { ReportPattern } from '../../../src/core/report/reportModel';

/** What no report may ever turn into markup. */
export const hostile = '<script>alert(1)</script><img src=x onerror="alert(2)">';

export const week = (start: string, corrections: number, exposure = 5) => ({
  start: `${start}T00:00:00Z`,
  corrections,
  exposure,
});

export function samplePattern(patternId: string, more: Partial<Pattern> = {}): Pattern {
  return {
    schemaVersion: 1,
    patternId,
    title: `Use the session workspace (${patternId})`,
    agentType: 'engineer',
    correctionType: 'approach_correction',
    severity: 'high',
    support: { corrections: 6, sessions: 5, days: 4 },
    impact: 0.1,
    confidence: 0.83,
    confidenceParts: { recurrence: 0.9, coherence: 0.92 },
    trend: { direction: 'rising', slopePerWeek: 0.5, interval: [0.1, 0.9], pValue: 0.02 },
    coverage: { state: 'disobeyed', line: 12, instruction: 'Use the session workspace.', similarity: 0.71 },
    exemplars: [
      {
        correctionId: `c-${patternId}`,
        sessionId: 's1',
        timestamp: '2026-01-05T10:00:00Z',
        text: 'no, in the session workspace',
        originalResponse: 'Editing /main',
        evidence: { path: 'sessions/a.jsonl', line: 7 },
      },
    ],
    memberIds: [`c-${patternId}`],
    terms: ['workspac'],
    firstSeen: '2026-01-05T10:00:00Z',
    lastSeen: '2026-02-05T10:00:00Z',
    ...more,
  };
}

export function sampleSeries(patternId: string, more: Partial<TrendSeries> = {}): TrendSeries {
  return {
    schemaVersion: 1,
    patternId,
    bins: [week('2026-01-05', 2), week('2026-01-12', 0), week('2026-01-19', 4)],
    trend: { direction: 'rising', slopePerWeek: 0.5, interval: [0.1, 0.9], pValue: 0.02 },
    ...more,
  };
}

export function sampleCluster(clusterId: string, more: Partial<Cluster> = {}): Cluster {
  return {
    schemaVersion: 1,
    clusterId,
    agentType: 'engineer',
    title: `Cluster ${clusterId}`,
    memberIds: ['a', 'b'],
    sessions: 2,
    coherence: 0.8,
    confidence: 0.5,
    patternId: null,
    position: [0, 0],
    ...more,
  };
}

export function sampleEntry(more: Partial<Pattern> = {}, series?: TrendSeries): ReportPattern {
  return {
    pattern: samplePattern('p1', more),
    series,
    promptPath: '.claude/agents/engineer.md',
    decision: undefined,
  };
}

export const sampleRecords: ReportRecords = {
  counts: { corrections: 12, sessions: 9 },
  patterns: [samplePattern('p1', { impact: 0.1 }), samplePattern('p2', { impact: 0.4, title: hostile })],
  trends: [sampleSeries('p2')],
  decisions: [],
  clusters: [
    sampleCluster('k1', { patternId: 'p1', position: [-1, 1] }),
    sampleCluster('k2', { title: hostile }),
  ],
  improvements: [],
  validationReports: [],
  templates: [],
  skipped: [],
};
export const sampleModel = buildReport(sampleRecords, '2026-03-01T00:00:00.000Z');
