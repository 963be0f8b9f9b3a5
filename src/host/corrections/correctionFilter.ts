import type { Severity, Signal } from '../../core/model/common';
import type { Correction } from '../../core/model/correction';
import { signalName } from './words';

/** Which corrections are shown: of each kind one of these, or all where none is named. */
export interface CorrectionFilter {
  readonly agents: readonly string[];
  readonly signals: readonly Signal[];
  readonly severities: readonly Severity[];
}

export const noFilter: CorrectionFilter = { agents: [], signals: [], severities: [] };

export function isFiltering({ agents, signals, severities }: CorrectionFilter): boolean {
  return agents.length + signals.length + severities.length > 0;
}

export function passes(filter: CorrectionFilter, correction: Correction): boolean {
  const holds = <T>(wanted: readonly T[], value: T) => wanted.length === 0 || wanted.includes(value);
  return (
    holds(filter.agents, correction.agentType) &&
    holds(filter.signals, correction.signal) &&
    holds(filter.severities, correction.severity)
  );
}

/** As the view says it: `QA, message, high`. */
export function filterInWords({ agents, signals, severities }: CorrectionFilter): string {
  return [...agents, ...signals.map(signalName), ...severities].join(', ');
}

/** How many corrections have each value, the most frequent first. */
export function countBy<T>(
  corrections: readonly Correction[],
  value: (correction: Correction) => T,
): readonly (readonly [T, number])[] {
  const counts = new Map<T, number>();
  for (const correction of corrections)
    counts.set(value(correction), (counts.get(value(correction)) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
