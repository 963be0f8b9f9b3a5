import { agentKey, sameAgent } from '../model/agentType';
import type { Correction, Session } from '../model/correction';
import type { LivePeriod } from './livePeriods';

/** One session of an agent: how often it was corrected in it. */
export interface ObservedSession {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly corrections: number;
  readonly addressed: number;
}

export interface AgentSessions {
  /** In the order they began. */
  readonly sessions: readonly ObservedSession[];
  /** Corrections of the agent whose session is not recorded. */
  readonly withoutSession: readonly Correction[];
}

/** The sessions in which an agent was addressed or corrected. `isAddressed`: of a pattern that is looked at. */
export function agentSessions(
  sessions: readonly Session[],
  corrections: readonly Correction[],
  agentType: string,
  isAddressed: (correctionId: string) => boolean,
): AgentSessions {
  const own = corrections.filter((each) => sameAgent(each.agentType, agentType));
  const bySession = new Map<string, Correction[]>();
  for (const correction of own) {
    const there = bySession.get(correction.sessionId);
    if (there === undefined) bySession.set(correction.sessionId, [correction]);
    else there.push(correction);
  }
  const recorded = new Set(sessions.map(({ sessionId }) => sessionId));
  const addressedThem = ({ sessionId, interactions }: Session) =>
    bySession.has(sessionId) ||
    Object.entries(interactions).some(([name, turns]) => turns > 0 && agentKey(name) === agentKey(agentType));
  const observed = sessions.filter(addressedThem).map(({ sessionId, startedAt, endedAt }) => {
    const inIt = bySession.get(sessionId) ?? [];
    return {
      sessionId,
      startedAt: Date.parse(startedAt),
      endedAt: Date.parse(endedAt),
      corrections: inIt.length,
      addressed: inIt.filter(({ correctionId }) => isAddressed(correctionId)).length,
    };
  });
  return {
    sessions: observed.sort(
      (a, b) =>
        a.startedAt - b.startedAt || (a.sessionId < b.sessionId ? -1 : Number(a.sessionId > b.sessionId)),
    ),
    withoutSession: own.filter(({ sessionId }) => !recorded.has(sessionId)),
  };
}

/** It began and ended while the version was live. */
export function within(
  { startedAt, endedAt }: ObservedSession,
  { from, to }: Pick<LivePeriod, 'from' | 'to'>,
): boolean {
  return from <= startedAt && startedAt < to && endedAt < to;
}

/** The version changed while it ran. */
export function straddles({ startedAt, endedAt }: ObservedSession, moment: number): boolean {
  return startedAt < moment && moment <= endedAt;
}
