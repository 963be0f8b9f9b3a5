import type { Correction } from '../model/correction';
import type { Hunk, Improvement, PatternDecision } from '../model/improvement';
import type { Pattern } from '../model/pattern';
import { isOpen } from '../review/decideHunks';

/** New evidence must stand in this many sessions before a decided pattern is proposed again. */
const sessionsAnew = 2;

/** The note for the reason ('' when there is nothing to add), or `undefined` when the pattern is not to be proposed. */
export function eligible(
  pattern: Pattern,
  decision: PatternDecision | undefined,
  corrections: readonly Correction[],
): string | undefined {
  if (decision === undefined || decision.state === 'proposed') return '';
  const known = new Set(decision.memberIds);
  const members = new Set(pattern.memberIds);
  const own = corrections.filter((each) => members.has(each.correctionId));
  const before = new Set(own.filter((each) => known.has(each.correctionId)).map((each) => each.sessionId));
  const anew = own.filter((each) => !known.has(each.correctionId) && !before.has(each.sessionId));
  const sessions = new Set(anew.map((each) => each.sessionId)).size;
  if (sessions < sessionsAnew) return undefined;
  return (
    ` It was ${decision.state} on ${decision.decidedAt.slice(0, 10)}; since then it was corrected ` +
    `${anew.length} more times in ${sessions} sessions.`
  );
}

/** What a hunk is about: its patterns, else the corrections that it rests on. */
export function subjectsOf(hunk: Hunk): readonly string[] {
  return hunk.patternIds.length > 0 ? hunk.patternIds : hunk.evidence.map((each) => each.correctionId);
}

/** What waits for a decision in another prompt, where it belongs or where the person moved it. */
export function pendingElsewhere(
  improvements: readonly Improvement[],
  templateId: string,
): readonly string[] {
  return improvements
    .filter((each) => each.templateId !== templateId && isOpen(each.status))
    .flatMap(({ hunks }) => hunks.filter((hunk) => hunk.decision === 'pending').flatMap(subjectsOf));
}

export interface OpenImprovements {
  /** Stay as they are: made for the current base. */
  readonly kept: readonly Improvement[];
  /** Drafts for the current base that nobody has looked at: made afresh. */
  readonly drafts: readonly Improvement[];
  /** Made for a base that is no longer current. */
  readonly stale: readonly Improvement[];
}

/** `whole`: everything of the agent is being looked at, not chosen patterns only, so that drafts can be made afresh. */
export function sortOpen(
  improvements: readonly Improvement[],
  baseHash: string,
  whole: boolean,
): OpenImprovements {
  const open = improvements.filter(({ status }) => status === 'proposed' || status === 'draft');
  const current = open.filter((each) => each.baseHash === baseHash);
  const untouched = (each: Improvement) =>
    whole && each.status === 'draft' && each.hunks.every((hunk) => hunk.decision === 'pending');
  return {
    kept: current.filter((each) => !untouched(each)),
    drafts: current.filter(untouched),
    stale: open.filter((each) => each.baseHash !== baseHash),
  };
}
