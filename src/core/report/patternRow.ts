import type { CorrectionType, Severity } from '../model/common';
import type { PatternDecision } from '../model/improvement';
import type { Coverage, Trend } from '../model/pattern';
import type { ReportPattern } from './reportModel';

/** One pattern as a list shows it, filters it and sorts it. Made to be small: five thousand of them travel at once. */
export interface PatternRow {
  readonly id: string;
  readonly title: string;
  readonly agent: string;
  readonly type: CorrectionType;
  readonly severity: Severity;
  /** Signals, file kinds and tools of any of its corrections. */
  readonly signals: readonly string[];
  readonly fileKinds: readonly string[];
  readonly tools: readonly string[];
  readonly corrections: number;
  readonly sessions: number;
  readonly impact: number;
  readonly confidence: number;
  readonly trend: Trend['direction'];
  /** Corrections per week, each week; 0 where it is unknown. */
  readonly slope: number;
  readonly coverage: Coverage['state'];
  /** Has a week in which it showed far more often than its past lets expect. */
  readonly unusual: boolean;
  readonly lastSeen: string;
  readonly decision: PatternDecision['state'] | null;
  /** Corrections in each of its last weeks, the oldest first. */
  readonly weeks: readonly number[];
  /** What a search looks through besides the title. */
  readonly text: string;
}

const shownWeeks = 26;
/** Of each quotation as much is searched; the whole stands in the details. Characters. */
const searchedText = 240;

export function patternRow({ pattern, series, decision }: ReportPattern): PatternRow {
  const { dimensions, trend } = pattern;
  const quoted = pattern.exemplars.map((exemplar) => exemplar.text.slice(0, searchedText));
  return {
    id: pattern.patternId,
    title: pattern.title,
    agent: pattern.agentType,
    type: pattern.correctionType,
    severity: pattern.severity,
    signals: Object.keys(dimensions?.signals ?? {}),
    fileKinds: Object.keys(dimensions?.fileKinds ?? {}),
    tools: Object.keys(dimensions?.tools ?? {}),
    corrections: pattern.support.corrections,
    sessions: pattern.support.sessions,
    impact: pattern.impact,
    confidence: pattern.confidence,
    trend: trend.direction,
    slope: trend.slopePerWeek ?? 0,
    coverage: pattern.coverage.state,
    unusual: (series?.anomalies?.length ?? 0) > 0,
    lastSeen: pattern.lastSeen,
    decision: decision ?? null,
    weeks: (series?.bins ?? []).slice(-shownWeeks).map((bin) => bin.corrections),
    text: [...pattern.terms, ...quoted].join('\n'),
  };
}
