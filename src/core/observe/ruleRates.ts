import { commonDispersion, type Rate, rateDifference, rateInterval } from '../statistics/rateInterval';
import { type ObservedSession, within } from './agentSessions';
import type { LivePeriod } from './livePeriods';

/** Corrections of a rule's patterns in some sessions; rate and interval (95%) a session, null without sessions. */
export interface RuleRate {
  readonly sessions: number;
  readonly corrections: number;
  readonly rate: number | null;
  readonly interval: readonly [number, number] | null;
}

export interface RuleRates {
  readonly before: RuleRate;
  readonly after: RuleRate;
  /** After minus before. */
  readonly change: { readonly value: number; readonly interval: readonly [number, number] } | null;
  /** Of both sides in common, at least 1. */
  readonly dispersion: number;
}

export const ruleStates = [
  'no-pattern',
  'no-baseline',
  'too-early',
  'still-there',
  'fewer',
  'vanished',
] as const;
export type RuleState = (typeof ruleStates)[number];

/**
 * What is called vanished: no such correction since, in so many sessions that more than this share of the rate before is ruled out at 95%.
 * At a rate before of 0.3 a session that takes 64 sessions, at 0.1 it takes 193. A fifth, since below it four of five corrections are gone
 * whatever the true rate is, and since a stricter share would take longer than prompts stay as they are.
 */
export const vanishedShare = 0.2;
/** At the rate before, so many expected corrections leave a chance of 5% of seeing none: -ln 0.05. */
const expectedToTell = -Math.log(0.05);

type Span = Pick<LivePeriod, 'from' | 'to'>;

/** Before a rule was first there, and while it was; times in which it was away again are neither. */
export interface RuleSpans {
  readonly before: Span | undefined;
  readonly with: readonly Span[];
}

/** @param holds does the text of this period hold the rule? */
export function ruleSpans(periods: readonly LivePeriod[], holds: (period: LivePeriod) => boolean): RuleSpans {
  const spans: { from: number; to: number }[] = [];
  for (const period of periods.filter(holds)) {
    const last = spans.at(-1);
    if (last?.to === period.from) last.to = period.to;
    else spans.push({ from: period.from, to: period.to });
  }
  const [first, began] = [spans[0], periods[0]];
  const hasBefore = first !== undefined && began !== undefined && began.from < first.from;
  return { before: hasBefore ? { from: began.from, to: first.from } : undefined, with: spans };
}

/** @param sessions with `addressed` for the corrections of the rule's patterns */
export function ruleRates(sessions: readonly ObservedSession[], spans: RuleSpans): RuleRates {
  const { before, with: present } = spans;

  const sides = {
    before: before === undefined ? [] : sessions.filter((each) => within(each, before)),
    after: sessions.filter((each) => present.some((span) => within(each, span))),
  };
  const dispersion = commonDispersion(
    [sides.before, sides.after].map((side) => side.map(({ addressed }) => addressed)),
  );
  const rateOf = (side: readonly ObservedSession[]): Rate | null =>
    rateInterval(countOf(side), side.length, dispersion);
  const [a, b] = [rateOf(sides.before), rateOf(sides.after)];
  const change = a === null || b === null ? null : rateDifference(a, b);
  return {
    before: ruleRate(sides.before, a),
    after: ruleRate(sides.after, b),
    change: change && { value: change.rate, interval: change.interval },
    dispersion,
  };
}

const countOf = (side: readonly ObservedSession[]): number =>
  side.reduce((sum, { addressed }) => sum + addressed, 0);

function ruleRate(side: readonly ObservedSession[], found: Rate | null): RuleRate {
  const [sessions, corrections] = [side.length, countOf(side)];
  return { sessions, corrections, rate: found?.rate ?? null, interval: found?.interval ?? null };
}

/** Sessions with the rule after which "still there" or "vanished" can be told at all; null without a rate before. */
export function sessionsToTell({ before, dispersion }: RuleRates): number | null {
  if (before.rate === null || before.rate === 0) return null;
  return Math.ceil((expectedToTell * dispersion) / before.rate);
}

export function ruleState(rates: RuleRates, hasPatterns: boolean): RuleState {
  if (!hasPatterns) return 'no-pattern';
  const { before, after, change } = rates;
  const needed = sessionsToTell(rates);
  if (before.rate === null || needed === null) return 'no-baseline';
  if (after.interval === null || change === null) return 'too-early';
  if (after.corrections === 0 && after.interval[1] <= vanishedShare * before.rate) return 'vanished';
  if (change.interval[1] < 0) return 'fewer';
  const isTold = after.sessions >= needed || change.interval[0] > 0;
  return after.corrections > 0 && isTold ? 'still-there' : 'too-early';
}
