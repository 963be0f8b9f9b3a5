import { countedCorrections } from '../capture/countedCorrections';
import type { Correction } from '../model/correction';
import type { Improvement, PatternDecision } from '../model/improvement';
import type { Pattern } from '../model/pattern';
import type { Ports, Skipped } from '../ports';
import type { OutcomeRow } from './outcomes/countOutcomes';
import { readOutcomes } from './outcomes/readOutcomes';

/** What improvements are made from, as it is stored. */
export interface Evidence {
  readonly corrections: readonly Correction[];
  readonly patterns: readonly Pattern[];
  readonly decisions: ReadonlyMap<string, PatternDecision>;
  readonly improvements: readonly Improvement[];
  /** What became of earlier hunks, by strategy and agent. */
  readonly outcomes: readonly OutcomeRow[];
  /** Agents that patterns or standing instructions are about, sorted. */
  readonly agentTypes: readonly string[];
}

export async function readEvidence({ store, log }: Pick<Ports, 'store' | 'log'>): Promise<Evidence> {
  const corrections = await countedCorrections(store);
  const patterns = await store.list('patterns');
  const decisions = await store.list('patternDecisions');
  const improvements = await store.list('improvements');
  const outcomes = await readOutcomes(store);
  const skipped: readonly Skipped[] = [corrections, patterns, decisions, outcomes].flatMap(
    (each) => each.skipped,
  );
  for (const { path, line, reason } of skipped) {
    log.warn(`${path}${line > 0 ? `:${line}` : ''} was passed over: ${reason}`);
  }
  const standing = corrections.records.filter((each) => each.standingInstruction);
  const agents = [...patterns.records, ...standing].map(({ agentType }) => agentType);
  return {
    corrections: corrections.records,
    patterns: patterns.records,
    decisions: new Map(decisions.records.map((each) => [each.patternId, each])),
    improvements: improvements.records,
    outcomes: outcomes.rows,
    agentTypes: [...new Set(agents)].sort(),
  };
}
