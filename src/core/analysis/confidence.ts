import { wilsonInterval } from '../statistics/wilson';

export interface Confidence {
  readonly confidence: number;
  /** Lower Wilson bound for as many sessions that agree as there are sessions. */
  readonly recurrence: number;
  /** How surely the members speak of one thing. */
  readonly coherence: number;
}

/** Two-sided level of the bound, so that it holds with 90% on its one side. */
const level = 0.8;
/**
 * Mean similarity of members at which a group speaks of one thing. On labelled histories a group's purity (share of members
 * that express one rule) grows about linearly with that similarity: 0.6 at 0.45, 0.8 at 0.6, near 1 from 0.7 on.
 */
const fullLikeness = 0.55;

/**
 * Evidence that a group of corrections recurs: it rises with distinct sessions and falls with members that are unlike.
 * Members alike in full reach 0.55 with two sessions, 0.65 with three, 0.75 with five, 0.79 with six; the
 * default threshold is 0.7.
 *
 * @param sessions distinct sessions, 1 or more; repeats within one do not count
 * @param likeness mean similarity of members of different sessions, in [0, 1]
 */
export function confidenceOf(sessions: number, likeness: number): Confidence {
  const recurrence = wilsonInterval(sessions, sessions, level)[0];
  const coherence = Math.min(1, likeness / fullLikeness);
  return { confidence: recurrence * coherence, recurrence, coherence };
}
