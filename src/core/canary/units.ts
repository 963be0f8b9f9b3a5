import { workedAt } from '../capture/promptInForce/workedAt';
import { groupBy } from '../groupBy';
import { sameAgent } from '../model/agentType';
import type { Correction, Session } from '../model/correction';
import type { Experiment, Exposure, Variant } from '../model/experiment';
import { tokensOf, usageOf } from './usageOf';

/** One session that was assigned, and what came of it. */
export interface ExperimentUnit {
  readonly sessionId: string;
  /** What chance gave it, whatever it got: intention to treat. */
  readonly variant: Variant;
  readonly share: number;
  readonly stage: number;
  /** The last that is known of it. Milliseconds since 1970. */
  readonly endedAt: number;
  /** Of the agent, for what it did since the session was assigned. */
  readonly corrections: number;
  readonly addressed: number;
  readonly interruptions: number;
  /** Of the agent. Null where its transcript does not tell, and where the session began before the experiment. */
  readonly turns: number | null;
  /** The same; see `tokensOf`. */
  readonly tokens: number | null;
}

type Fault = NonNullable<Exposure['fault']>;

export interface ExperimentUnits {
  /** In the order in which they ended, then by id. */
  readonly units: readonly ExperimentUnit[];
  /** Sessions that are too young to count. */
  readonly unsettled: number;
  /** Sessions of which no transcript is stored that reaches to their assignment. */
  readonly withoutTranscript: Readonly<Record<Variant, number>>;
  /** Sessions in which the candidate could not be given, by cause. */
  readonly faults: Readonly<Record<Fault, number>>;
  /** Sessions that were at some time given the original and at some time the candidate; each counts as it was assigned first. */
  readonly contaminated: number;
}

/** All assignments of one session, the first apart. */
interface Assigned {
  readonly first: Exposure;
  readonly all: readonly Exposure[];
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly until: number;
}

const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

function assignmentsOf(experiment: Experiment, exposures: readonly Exposure[]): readonly Assigned[] {
  const own = exposures.filter(
    ({ experimentId, agentType }) =>
      experimentId === experiment.experimentId && sameAgent(agentType, experiment.agentType),
  );
  return [...groupBy(own, ({ sessionId }) => sessionId).values()].flatMap((all) => {
    const byTime = all.toSorted(
      (a, b) => Date.parse(a.at) - Date.parse(b.at) || order(a.exposureId, b.exposureId),
    );
    const [first, last] = [byTime[0], byTime.at(-1)];
    if (first === undefined || last === undefined) return [];
    return [{ first, all, since: Date.parse(first.at), until: Date.parse(last.at) }];
  });
}

/** The hooks are Claude Code's: of two sources that know the session, its own. */
function sessionsById(sessions: readonly Session[]): ReadonlyMap<string, Session> {
  const result = new Map<string, Session>();
  for (const session of sessions) {
    if (session.source === 'claude-code' || !result.has(session.sessionId)) {
      result.set(session.sessionId, session);
    }
  }
  return result;
}

function unitOf(
  experiment: Experiment,
  { first, since, until }: Assigned,
  session: Session,
  corrections: readonly Correction[],
  isAddressed: (correctionId: string) => boolean,
): ExperimentUnit {
  const inIt = corrections.filter((each) => Date.parse(workedAt(each)) >= since);
  // Of a session that ran before, nobody can say which of its turns were under which text.
  const startedWithin = Date.parse(session.startedAt) >= Date.parse(experiment.startedAt);
  const usage = startedWithin ? usageOf(session, experiment.agentType) : undefined;
  return {
    sessionId: first.sessionId,
    variant: first.assigned,
    share: first.share,
    stage: first.stage,
    endedAt: Math.max(Date.parse(session.endedAt), until),
    corrections: inIt.length,
    addressed: inIt.filter(({ correctionId }) => isAddressed(correctionId)).length,
    interruptions: usage?.interruptions ?? inIt.filter(({ signal }) => signal === 'interrupted').length,
    turns: usage?.turns ?? null,
    tokens: usage === undefined ? null : tokensOf(usage),
  };
}

/**
 * The sessions of an experiment with what came of them. Pure. A session that is taken up again after it has settled counts once more as
 * unsettled, and later at its new end.
 * @param corrections those that count
 * @param now milliseconds since 1970
 */
export function experimentUnits(
  experiment: Experiment,
  exposures: readonly Exposure[],
  sessions: readonly Session[],
  corrections: readonly Correction[],
  isAddressed: (correctionId: string) => boolean,
  now: number,
): ExperimentUnits {
  const assignments = assignmentsOf(experiment, exposures);
  const recorded = sessionsById(sessions);
  const own = corrections.filter(({ agentType }) => sameAgent(agentType, experiment.agentType));
  const bySession = groupBy(own, ({ sessionId }) => sessionId);
  const settle = experiment.rule.settleMinutes * 60_000;
  const units: ExperimentUnit[] = [];
  const withoutTranscript = { control: 0, canary: 0 };
  let unsettled = 0;
  for (const assigned of assignments) {
    const { sessionId, assigned: variant } = assigned.first;
    const session = recorded.get(sessionId);
    const known = session !== undefined && Date.parse(session.endedAt) >= assigned.since;
    const last = known ? Math.max(Date.parse(session.endedAt), assigned.until) : assigned.until;
    if (last + settle > now) unsettled++;
    else if (known) {
      units.push(unitOf(experiment, assigned, session, bySession.get(sessionId) ?? [], isAddressed));
    } else withoutTranscript[variant]++;
  }
  const faultOf = (fault: Fault) =>
    assignments.filter(({ all }) => all.some((each) => each.fault === fault)).length;
  return {
    units: units.sort((a, b) => a.endedAt - b.endedAt || order(a.sessionId, b.sessionId)),
    unsettled,
    withoutTranscript,
    faults: {
      'twin-missing': faultOf('twin-missing'),
      'twin-changed': faultOf('twin-changed'),
      'addition-missing': faultOf('addition-missing'),
    },
    contaminated: assignments.filter(({ all }) => new Set(all.map((each) => each.variant)).size > 1).length,
  };
}
