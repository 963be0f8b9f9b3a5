import type { Analysis } from '../analysis/analyzeTable';
import type { PatternAnalyzer } from '../analysis/patternAnalyzer';
import type { PatternDecision } from '../model/improvement';
import type { Pattern } from '../model/pattern';
import type { Skipped, Store } from '../ports';

/** What an analysis over all days found, and what was known before. */
export interface PatternMembers {
  readonly analysis: Pick<Analysis, 'clusters' | 'patterns'>;
  readonly patterns: readonly Pattern[];
  readonly decisions: readonly PatternDecision[];
}

export interface PatternRecords extends Omit<PatternMembers, 'analysis'> {
  readonly skipped: readonly Skipped[];
}

/** More days than any history has: corrections before the window of analysis belong to a pattern too. */
const allDays = 36_500;

export async function patternRecords(store: Pick<Store, 'list'>): Promise<PatternRecords> {
  const patterns = await store.list('patterns');
  const decisions = await store.list('patternDecisions');
  return {
    patterns: patterns.records,
    decisions: decisions.records,
    skipped: [...patterns.skipped, ...decisions.skipped],
  };
}

/** Analyzes all corrections there are: it takes as long as that. @throws PipelineError CANCELLED, TIMED_OUT */
export async function patternMembers(
  analyzer: PatternAnalyzer,
  { patterns, decisions }: PatternRecords,
  signal: AbortSignal | undefined,
): Promise<PatternMembers> {
  const analysis = await analyzer.analyze({ days: allDays, ...(signal === undefined ? {} : { signal }) });
  return { analysis, patterns, decisions };
}
