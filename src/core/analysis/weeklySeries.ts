import type { Session } from '../model/correction';
import type { TrendSeries } from '../model/pattern';

export type WeeklyBin = TrendSeries['bins'][number];

const weekMs = 7 * 86_400_000;
/** 1970-01-05 was a Monday. */
const firstMonday = 4 * 86_400_000;
/** Ten years: one damaged time stamp must not make a million bins. */
const mostWeeks = 520;

/** Number of the week (UTC, from Monday) since 1970-01-05. `time` in milliseconds since 1970. */
export function weekOf(time: number): number {
  return Math.floor((time - firstMonday) / weekMs);
}

/** ISO 8601 time of the Monday that the week begins with. */
export function startOfWeek(week: number): string {
  return new Date(week * weekMs + firstMonday).toISOString();
}

/** Sessions of one agent by week, and the weeks from the first to the last that anything is known of. */
export interface Exposure {
  readonly first: number;
  readonly last: number;
  readonly sessionsByWeek: ReadonlyMap<number, number>;
}

/** When a session of an agent was corrected, in milliseconds since 1970. */
export interface CorrectedSession {
  readonly sessionId: string;
  readonly time: number;
}

/**
 * Exposure of an agent from the sessions that addressed it; a session that is only known from its corrections counts too.
 * The last week is that of the newest record of any agent (`newest`): silence since then is a zero, not a gap.
 *
 * @param addressed does a session address the agent?
 */
export function exposureOf(
  corrections: Iterable<CorrectedSession>,
  sessions: readonly Session[],
  addressed: (session: Session) => boolean,
  newest: number,
): Exposure {
  const weekBySession = new Map<string, number>();
  for (const { sessionId, time } of corrections) {
    const week = weekOf(time);
    const known = weekBySession.get(sessionId);
    if (known === undefined || week < known) weekBySession.set(sessionId, week);
  }
  for (const session of sessions) {
    if (addressed(session)) weekBySession.set(session.sessionId, weekOf(Date.parse(session.startedAt)));
  }
  const sessionsByWeek = new Map<number, number>();
  for (const week of weekBySession.values()) sessionsByWeek.set(week, (sessionsByWeek.get(week) ?? 0) + 1);
  const last = weekOf(newest);
  const earliest =
    weekBySession.size === 0 ? last : [...weekBySession.values()].reduce((a, b) => Math.min(a, b));
  return { first: Math.max(earliest, last - mostWeeks + 1), last, sessionsByWeek };
}

/** Corrections and exposure of every week of the history, zeros included. */
export function weeklyBins(times: readonly number[], exposure: Exposure): WeeklyBin[] {
  const counts = new Map<number, number>();
  for (const time of times) {
    const week = weekOf(time);
    counts.set(week, (counts.get(week) ?? 0) + 1);
  }
  return Array.from({ length: exposure.last - exposure.first + 1 }, (_, index) => {
    const week = exposure.first + index;
    return {
      start: startOfWeek(week),
      corrections: counts.get(week) ?? 0,
      exposure: exposure.sessionsByWeek.get(week) ?? 0,
    };
  });
}

/** A week that tells something of the rate: `week` counts from the first bin, `exposure` is above 0. */
export interface ExposedWeek {
  readonly week: number;
  readonly start: string;
  readonly corrections: number;
  readonly exposure: number;
}

/**
 * The weeks in which the agent had a session; a correction shows that there was one. Where no exposure is known at all, every
 * week counts alike, so that the rate is the plain count.
 */
export function exposedWeeks(bins: readonly WeeklyBin[]): ExposedWeek[] {
  const known = bins.some((bin) => bin.exposure > 0);
  return bins.flatMap(({ start, corrections, exposure }, week) => {
    const sessions = known ? Math.max(exposure, corrections > 0 ? 1 : 0) : 1;
    return sessions > 0 ? [{ week, start, corrections, exposure: sessions }] : [];
  });
}
