import type { Correction } from '../model/correction';
import type { PatternDecision } from '../model/improvement';

/** New sessions that bring a dismissed pattern back. */
const freshSessions = 2;

/** Is the pattern out of sight because the person dismissed it, and has it not grown enough since? */
export function isDismissed(decision: PatternDecision | undefined, members: readonly Correction[]): boolean {
  if (decision?.state !== 'dismissed') return false;
  const known = new Set(decision.memberIds);
  const knownSessions = new Set(
    members.filter((member) => known.has(member.correctionId)).map((member) => member.sessionId),
  );
  const fresh = members.filter(
    (member) => !known.has(member.correctionId) && !knownSessions.has(member.sessionId),
  );
  return new Set(fresh.map((member) => member.sessionId)).size < freshSessions;
}
