import { describe, expect, it } from 'vitest';
import { loadCounts, loadPatterns, loadReport } from '../../../src/core/report/loadReport';
import type { ReportPattern } from '../../../src/core/report/reportModel';
import { memoryPorts } from '../support/memoryPorts';
import { samplePattern, sampleSeries } from './samples';

async function stored(count: number) {
  const ports = memoryPorts();
  for (let index = 0; index < count; index += 1) {
    await ports.store.put('patterns', samplePattern(`p${index}`, { impact: index / count }));
    await ports.store.put('trends', sampleSeries(`p${index}`));
  }
  return ports;
}

const idsOf = (entries: readonly ReportPattern[]) => entries.map(({ pattern }) => pattern.patternId);

describe('reading the patterns for a report', () => {
  it('gives the most weighty of many first, with their weeks', async () => {
    const { store } = await stored(150);
    const first: ReportPattern[] = [];
    const { records } = await loadPatterns(store, (patterns) => first.push(...patterns));
    expect(records).toHaveLength(150);
    expect(first).toHaveLength(100);
    expect(idsOf(first)).toEqual(idsOf(records).slice(0, 100));
    expect(first).toEqual(records.slice(0, 100));
  });

  it('gives few at once', async () => {
    const { store } = await stored(3);
    const first: unknown[] = [];
    const { records } = await loadPatterns(store, (patterns) => first.push(patterns));
    expect(idsOf(records)).toEqual(['p2', 'p1', 'p0']);
    expect(first).toEqual([]);
  });

  it('tells what was decided about each', async () => {
    const { store } = await stored(2);
    await store.put('patternDecisions', {
      schemaVersion: 1,
      patternId: 'p1',
      state: 'rejected',
      improvementIds: [],
      decidedAt: '2026-01-01T00:00:00.000Z',
      memberIds: [],
    });
    const { records } = await loadPatterns(store);
    expect(records.map(({ decision }) => decision)).toEqual(['rejected', undefined]);
  });
});

describe('counting what was read', () => {
  it('leaves out what was dismissed as no correction', async () => {
    const ports = await stored(1);
    const { store } = ports;
    const correction = {
      schemaVersion: 1 as const,
      source: 'manual' as const,
      signal: 'manual' as const,
      agentType: 'main',
      sessionId: 's1',
      timestamp: '2026-01-01T00:00:00.000Z',
      correctionType: 'approach_correction' as const,
      severity: 'low' as const,
      userCorrection: 'no',
      originalResponse: '',
      likelihood: 1,
      standingInstruction: false,
      evidence: { path: 'a.jsonl', line: 1 },
      redactions: 0,
    };
    const edited = { at: '2026-01-01T00:00:00.000Z', fields: [], dismissed: true };
    await store.append('corrections', [
      { ...correction, correctionId: 'c1' },
      { ...correction, correctionId: 'c2', edited },
      { ...correction, correctionId: 'c3', edited: { ...edited, dismissed: false } },
    ]);
    expect(await loadCounts(store)).toMatchObject({ corrections: 2, sessions: 0, skipped: [] });
    expect((await loadReport(ports)).totals).toEqual({
      corrections: 2,
      sessions: 0,
      patterns: 1,
      improvements: 0,
    });
  });
});
