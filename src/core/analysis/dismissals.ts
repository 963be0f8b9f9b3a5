import type { PatternDecision } from '../model/improvement';

/** New sessions that bring a dismissed pattern back. */
const freshSessions = 2;

export interface Member {
  readonly correctionId: string;
  /** Name or number of the session. */
  readonly session: string | number;
}

/** Is the pattern out of sight because the person dismissed it, and has it not grown enough since? */
export function isDismissed(decision: PatternDecision | undefined, members: readonly Member[]): boolean {
  if (decision?.state !== 'dismissed') return false;
  const known = new Set(decision.memberIds);
  const knownSessions = new Set(
    members.filter(({ correctionId }) => known.has(correctionId)).map(({ session }) => session),
  );
  const fresh = members.filter(
    ({ correctionId, session }) => !known.has(correctionId) && !knownSessions.has(session),
  );
  return new Set(fresh.map(({ session }) => session)).size < freshSessions;
}
