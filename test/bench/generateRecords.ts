import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { collections, logs } from '../../src/core/model/collections';
import { correctionTypes, severities, signals } from '../../src/core/model/common';
import type { Cluster, Pattern, TrendSeries } from '../../src/core/model/pattern';
import { perturbedCorrections } from './perturbedCorrections';

const week = 7 * 86_400_000;
const firstMonday = Date.UTC(2025, 0, 6);
const weeks = 60;
const agents = ['main', 'implementer', 'refactorer', 'cleaner'] as const;
const tools = ['Bash', 'Edit', 'Write', 'MultiEdit'] as const;
const kinds = ['.ts', '.md', '.py', '.json'] as const;

function of<T>(values: readonly [T, ...T[]], index: number): T {
  return values[index % values.length] ?? values[0];
}

function iso(index: number): string {
  return new Date(firstMonday + index * week).toISOString();
}

function series(index: number): TrendSeries {
  const bins = Array.from({ length: weeks }, (_, at) => ({
    start: iso(at),
    corrections: (index * 7 + at * 3) % 5 === 0 ? ((index + at) % 6) + (at === 50 ? 9 : 0) : 0,
    exposure: 4 + ((index + at) % 5),
  }));
  const observed = bins[50]?.corrections ?? 0;
  const patternId = idOf(index);
  return {
    schemaVersion: 1,
    patternId,
    bins,
    trend: { direction: 'rising', slopePerWeek: 0.02, interval: [0.01, 0.04], pValue: 0.01 },
    forecast: {
      method: 'Mean rate of the last weeks.',
      level: 0.8,
      exposure: 6,
      weeks: [0, 1, 2, 3].map((ahead) => ({
        start: iso(weeks + ahead),
        expected: 1.4 + ahead / 10,
        interval: [0, 4 + ahead],
      })),
    },
    anomalies:
      observed >= 9
        ? [{ patternId, weekStart: iso(50), observed, expected: 1.1, zScore: null, pValue: 0.0001 }]
        : [],
  };
}

export function idOf(index: number): string {
  return `p_${String(index).padStart(5, '0')}`;
}

function pattern(index: number, total: number): Pattern {
  const agentType = of(agents, index);
  const sessions = 5 + (index % 40);
  const severity = of(severities, index);
  const severityWeight = (severities.indexOf(severity) + 1) / 4;
  return {
    schemaVersion: 1,
    patternId: idOf(index),
    title: `Rule ${index}: ${index % 2 === 0 ? 'run the unit tests before you commit' : 'ask before you publish the package'}`,
    agentType,
    correctionType: of(correctionTypes, index),
    severity,
    support: { corrections: sessions + 4, sessions, days: sessions },
    // The lower the number, the greater the impact, so that a test knows the order.
    impact: 0.9 - (0.8 * index) / total,
    impactParts: { severityWeight, sessions, exposedSessions: 60 },
    confidence: 0.7 + (index % 29) / 100,
    confidenceParts: { recurrence: 0.9, coherence: 0.9 },
    trend: { direction: 'rising', slopePerWeek: 0.02, interval: [0.01, 0.04], pValue: 0.01 },
    coverage:
      index % 3 === 0
        ? { state: 'disobeyed', line: 3, instruction: 'Run the tests.', similarity: 0.7 }
        : { state: 'missing' },
    exemplars: Array.from({ length: 5 }, (_, at) => ({
      correctionId: `bench-${String((index * 5 + at) % 100_000).padStart(7, '0')}`,
      sessionId: `session-${index}-${at}`,
      timestamp: iso(weeks - at - 1),
      text: `no, ${index % 2 === 0 ? 'run the unit tests first' : 'ask me before you publish'}, as I said in session ${at} about thing ${index}`,
      originalResponse: 'I committed the change without a run of the tests.',
      evidence: { path: 'sessions/many.jsonl', line: at + 1 },
    })),
    memberIds: Array.from({ length: sessions + 4 }, (_, at) => `m-${index}-${at}`),
    terms: ['run', 'test', 'commit', 'publish'],
    dimensions: {
      agents: { [agentType]: sessions + 4 },
      types: { [of(correctionTypes, index)]: sessions + 4 },
      signals: { message: sessions, [of(signals, index)]: 4 },
      severities: { [severity]: sessions + 4 },
      fileKinds: { [of(kinds, index)]: 3 },
      tools: { [of(tools, index)]: 2 },
    },
    firstSeen: iso(0),
    lastSeen: iso(weeks - 1),
  };
}

function cluster(index: number, total: number): Cluster {
  const angle = index * 2.399963;
  const radius = Math.sqrt(index / total);
  return {
    schemaVersion: 1,
    clusterId: `k_${String(index).padStart(5, '0')}`,
    agentType: of(agents, index),
    title: `Rule ${index}`,
    memberIds: Array.from({ length: 2 + (index % 30) }, (_, at) => `m-${index}-${at}`),
    sessions: 2 + (index % 20),
    coherence: 0.8,
    confidence: 0.7,
    patternId: index % 2 === 0 ? idOf(index) : null,
    position: [radius * Math.cos(angle), radius * Math.sin(angle)],
  };
}

/** Writes a history as long as the report must stay quick with: this many patterns, clusters and corrections. */
export function writeManyRecords(folder: string, patterns: number, corrections: number): void {
  const place = (name: string) => path.join(folder, '.claude-pm', name);
  const write = (name: string, id: string, record: unknown) =>
    writeFileSync(path.join(place(name), `${id}.json`), JSON.stringify(record));
  for (const { folder: name } of [
    collections.patterns,
    collections.trends,
    collections.clusters,
    logs.corrections,
  ]) {
    mkdirSync(place(name), { recursive: true });
  }
  for (let index = 0; index < patterns; index += 1) {
    write(collections.patterns.folder, idOf(index), pattern(index, patterns));
    write(collections.trends.folder, idOf(index), series(index));
    const group = cluster(index, patterns);
    write(collections.clusters.folder, group.clusterId, group);
  }
  const lines = [...perturbedCorrections(corrections)].map((one) => `${JSON.stringify(one)}\n`);
  writeFileSync(path.join(place(logs.corrections.folder), '2026-01.generated.jsonl'), lines.join(''));
  mkdirSync(path.join(folder, 'sessions'), { recursive: true });
  const session = [1, 2, 3, 4, 5].map((line) => `{"line":${line},"text":"one of many"}\n`);
  writeFileSync(path.join(folder, 'sessions', 'many.jsonl'), session.join(''));
}
