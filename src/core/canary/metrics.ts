import type { Experiment } from '../model/experiment';
import type { ExperimentUnit } from './units';

/** What is counted in each session. The first three are events of people, the others what the session took. */
export const metricKeys = ['addressed', 'corrections', 'interruptions', 'turns', 'tokens'] as const;
export type MetricKey = (typeof metricKeys)[number];

export const metricNames: Readonly<Record<MetricKey, string>> = {
  addressed: 'corrections of the addressed patterns',
  corrections: 'all corrections',
  interruptions: 'interruptions',
  turns: 'turns',
  tokens: 'tokens',
};

/** What a session takes, of which more is not harm by itself. */
export const isCost = (key: MetricKey): key is 'turns' | 'tokens' => key === 'turns' || key === 'tokens';

/** What makes a session an event, for a reader. */
export const eventNames: Readonly<Record<MetricKey, string>> = {
  addressed: 'sessions with a correction of an addressed pattern',
  corrections: 'sessions with a correction',
  interruptions: 'sessions with an interruption',
  turns: 'sessions of more turns than the median before them',
  tokens: 'sessions of more tokens than the median before them',
};

/** What is decided by: of a candidate that addresses no pattern, all corrections. */
export function primaryMetric({ patternIds }: Pick<Experiment, 'patternIds'>): MetricKey {
  return patternIds.length > 0 ? 'addressed' : 'corrections';
}

/** What is looked at: of a candidate that addresses no pattern, nothing is counted as addressed. */
export function metricsOf({ patternIds }: Pick<Experiment, 'patternIds'>): readonly MetricKey[] {
  return patternIds.length > 0 ? metricKeys : metricKeys.filter((key) => key !== 'addressed');
}

/** Sessions that are only looked at to know what is usual. */
const sessionsToLearn = 5;

/**
 * Of each session, in order, whether the event of the metric happened in it; null where it cannot be known: the transcript does not tell, or too
 * few sessions came before to know a median. What counts as many turns or tokens is fixed by the sessions before, so that the session's own variant
 * cannot have moved it.
 */
export function eventsOf(key: MetricKey, units: readonly ExperimentUnit[]): readonly (boolean | null)[] {
  if (!isCost(key)) return units.map((unit) => unit[key] > 0);
  const before: number[] = [];
  return units.map((unit) => {
    const value = unit[key];
    if (value === null) return null;
    const event = before.length < sessionsToLearn ? null : value > medianOfSorted(before);
    insertSorted(before, value);
    return event;
  });
}

function medianOfSorted(values: readonly number[]): number {
  const middle = values.length >> 1;
  const upper = values[middle] ?? 0;
  return values.length % 2 === 1 ? upper : ((values[middle - 1] ?? 0) + upper) / 2;
}

function insertSorted(values: number[], value: number): void {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  values.splice(low, 0, value);
}
