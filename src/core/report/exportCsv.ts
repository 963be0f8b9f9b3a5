import type { Pattern } from '../model/pattern';
import type { ReportModel, ReportPattern } from './reportModel';

/**
 * One cell after RFC 4180, made safe for spreadsheets: what a person or an agent wrote must not run as a formula, so a text that begins
 * like one gets an apostrophe before it. Source: OWASP, CSV Injection. Numbers stay numbers, negative ones too.
 */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

interface Column {
  readonly name: string;
  readonly of: (entry: ReportPattern) => string | number;
}

function known(value: number | null | undefined): string | number {
  return value ?? '';
}

function names(counts: Readonly<Record<string, unknown>> | undefined): string {
  return Object.keys(counts ?? {})
    .sort()
    .join('; ');
}

function ofPattern(name: string, of: (pattern: Pattern) => string | number): Column {
  return { name, of: ({ pattern }) => of(pattern) };
}

const columns: readonly Column[] = [
  ofPattern('patternId', (pattern) => pattern.patternId),
  ofPattern('title', (pattern) => pattern.title),
  ofPattern('agentType', (pattern) => pattern.agentType),
  ofPattern('correctionType', (pattern) => pattern.correctionType),
  ofPattern('severity', (pattern) => pattern.severity),
  ofPattern('signals', ({ dimensions }) => names(dimensions?.signals)),
  ofPattern('fileKinds', ({ dimensions }) => names(dimensions?.fileKinds)),
  ofPattern('tools', ({ dimensions }) => names(dimensions?.tools)),
  ofPattern('corrections', ({ support }) => support.corrections),
  ofPattern('sessions', ({ support }) => support.sessions),
  ofPattern('days', ({ support }) => support.days),
  ofPattern('impact', (pattern) => pattern.impact),
  ofPattern('severityWeight', ({ impactParts }) => known(impactParts?.severityWeight)),
  ofPattern('exposedSessions', ({ impactParts }) => known(impactParts?.exposedSessions)),
  ofPattern('confidence', (pattern) => pattern.confidence),
  ofPattern('recurrence', ({ confidenceParts }) => confidenceParts.recurrence),
  ofPattern('coherence', ({ confidenceParts }) => confidenceParts.coherence),
  ofPattern('trend', ({ trend }) => trend.direction),
  ofPattern('slopePerWeek', ({ trend }) => known(trend.slopePerWeek)),
  ofPattern('trendPValue', ({ trend }) => known(trend.pValue)),
  ofPattern('coverage', ({ coverage }) => coverage.state),
  ofPattern('coverageLine', ({ coverage }) => known(coverage.line)),
  { name: 'promptPath', of: ({ promptPath }) => promptPath ?? '' },
  { name: 'unusualWeeks', of: ({ series }) => series?.anomalies?.length ?? 0 },
  { name: 'decision', of: ({ decision }) => decision ?? '' },
  ofPattern('firstSeen', (pattern) => pattern.firstSeen),
  ofPattern('lastSeen', (pattern) => pattern.lastSeen),
];

/** The patterns as CSV after RFC 4180, one row each under a row of names, the most weighty first; piece by piece. */
export function* csvPieces({ patterns }: Pick<ReportModel, 'patterns'>): Generator<string> {
  yield `${columns.map(({ name }) => name).join(',')}\r\n`;
  for (const entry of patterns) yield `${columns.map(({ of }) => csvCell(of(entry))).join(',')}\r\n`;
}
