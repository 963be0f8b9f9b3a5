import { schemaVersion } from '../model/common';
import type { Observation, ObservedPeriod, ObservedRate } from '../model/observation';
import { commonDispersion, type Rate, rateDifference, rateInterval } from '../statistics/rateInterval';
import { type RiseTest, riseTest, unitsToFind } from '../statistics/riseTest';
import { type AgentSessions, type ObservedSession, straddles, within } from './agentSessions';
import type { LivePeriod } from './livePeriods';

/** Chance of a false alarm over all looks at one deployment. */
export const alarmLevel = 0.05;
/** Rise of the share of sessions that "how many more" is reckoned for. */
const riseThatMatters = 2;

export interface DeploymentSubject {
  readonly before: LivePeriod;
  readonly after: LivePeriod;
  /** Patterns that only what was deployed addresses, sorted. */
  readonly patternIds: readonly string[];
  readonly observed: AgentSessions;
  /** ISO time. */
  readonly now: string;
}

type Counted = 'corrections' | 'addressed';

function rateOf(sessions: readonly ObservedSession[], key: Counted, dispersion: number): Rate | null {
  return rateInterval(
    sessions.reduce((sum, each) => sum + each[key], 0),
    sessions.length,
    dispersion,
  );
}

function observedRate(sessions: readonly ObservedSession[], key: Counted, dispersion: number): ObservedRate {
  const found = rateOf(sessions, key, dispersion);
  return {
    corrections: sessions.reduce((sum, each) => sum + each[key], 0),
    sessionsWith: sessions.filter((each) => each[key] > 0).length,
    rate: found?.rate ?? null,
    interval: found === null ? null : [...found.interval],
  };
}

const iso = (time: number): string | null => (Number.isFinite(time) ? new Date(time).toISOString() : null);

/** What was seen before and after one deployment. Pure. */
export function observeDeployment({
  before,
  after,
  patternIds,
  observed,
  now,
}: DeploymentSubject): Observation {
  const { event } = after;
  const sides = {
    before: observed.sessions.filter((each) => within(each, before)),
    after: observed.sessions.filter((each) => within(each, after)),
  };
  const dispersionFor = (key: Counted) =>
    commonDispersion([sides.before, sides.after].map((side) => side.map((each) => each[key])));
  const dispersion = { all: dispersionFor('corrections'), addressed: dispersionFor('addressed') };
  const period = (live: LivePeriod, side: readonly ObservedSession[]): ObservedPeriod => ({
    version: live.version,
    from: iso(live.from),
    to: iso(live.to),
    sessions: side.length,
    all: observedRate(side, 'corrections', dispersion.all),
    addressed: observedRate(side, 'addressed', dispersion.addressed),
  });
  const change = (key: Counted, scale: number): Observation['change']['all'] => {
    const [a, b] = [rateOf(sides.before, key, scale), rateOf(sides.after, key, scale)];
    if (a === null || b === null) return null;
    const { rate, interval } = rateDifference(a, b);
    return { value: rate, interval: [...interval] };
  };
  const changes = [after.from, after.to].filter(Number.isFinite);
  const inEither = (at: number) => before.from <= at && at < after.to;
  return {
    schemaVersion,
    deploymentId: event.deploymentId,
    templateId: event.templateId,
    agentType: event.agentType,
    target: event.target,
    ...(event.rolloutId === undefined ? {} : { rolloutId: event.rolloutId }),
    patternIds: [...patternIds],
    before: period(before, sides.before),
    after: period(after, sides.after),
    straddling: observed.sessions.filter((each) => changes.some((moment) => straddles(each, moment))).length,
    withoutSession: observed.withoutSession.filter(({ timestamp }) => inEither(Date.parse(timestamp))).length,
    dispersion,
    change: {
      all: change('corrections', dispersion.all),
      addressed: change('addressed', dispersion.addressed),
    },
    test: testOf(sides, patternIds.length > 0),
    live: after.to === Number.POSITIVE_INFINITY,
    observedAt: now,
  };
}

interface Sides {
  readonly before: readonly ObservedSession[];
  readonly after: readonly ObservedSession[];
}

function testOf({ before, after }: Sides, hasPatterns: boolean): Observation['test'] {
  const threshold = 1 / alarmLevel;
  const had = ({ addressed }: ObservedSession) => addressed > 0;
  const baseline = before.map(had).reverse();
  const test = riseTest(baseline, after.map(had), threshold);
  const needed = unitsToFind(
    { units: baseline.length, events: baseline.filter(Boolean).length },
    riseThatMatters,
    threshold,
  );
  const state = hasPatterns ? stateOf(test, needed) : 'no-patterns';
  return {
    alpha: alarmLevel,
    eValue: test.eValue,
    maximum: test.maximum,
    crossedAt: test.crossedAt,
    sessionsUsed: { before: test.counts.before, after: test.counts.after },
    sessionsWith: { before: test.counts.beforeEvents, after: test.counts.afterEvents },
    state,
    moreSessions: state === 'not-yet' && needed !== null ? needed - test.counts.after : null,
  };
}

function stateOf(test: RiseTest, needed: number | null): Observation['test']['state'] {
  if (test.crossedAt !== null) return 'rose';
  if (needed === null) return 'baseline-too-small';
  return test.counts.after < needed ? 'not-yet' : 'not-found';
}
