import type { Correction } from '../model/correction';
import type { Hunk, Improvement, PatternDecision } from '../model/improvement';
import type { Pattern } from '../model/pattern';
import { isOpen } from '../review/decideHunks';

/** New evidence must stand in this many sessions before a decided pattern is proposed again. */
const sessionsAnew = 2;
/** Days after which "not now" is over. */
const daysLater = 14;
const dayMilliseconds = 86_400_000;

const rejectionKinds = ['wrong', 'already-covered', 'too-specific', 'bad-wording', 'not-now'] as const;
export type RejectionKind = (typeof rejectionKinds)[number];

/** What the reason of a rejection begins with, where it is one of the kinds. */
export function rejectionKind({
  decisionReason = '',
}: Pick<Hunk, 'decisionReason'>): RejectionKind | undefined {
  const said = decisionReason.trim().toLowerCase();
  return rejectionKinds.find((kind) => said.startsWith(kind));
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / dayMilliseconds;
}

/** A pattern that may be proposed. */
export interface Eligible {
  /** Sentence for the reason with a space before it; empty where there is nothing to add. */
  readonly note: string;
  /** Texts that were rejected for their wording: they are not offered again. */
  readonly avoid: readonly string[];
}

/**
 * May the pattern be proposed? Always when nothing is decided; after a decision only with new evidence, but for what the person said
 * when rejecting: "bad-wording" lets other words be offered once, "not-now" the same after 14 days.
 * @param hunks of the agent's improvements so far
 * @param now ISO time
 */
export function eligible(
  pattern: Pattern,
  decision: PatternDecision | undefined,
  corrections: readonly Correction[],
  hunks: readonly Hunk[],
  now: string,
): Eligible | undefined {
  const rejected = hunks.filter(
    (hunk) => hunk.decision === 'rejected' && hunk.patternIds.includes(pattern.patternId),
  );
  const worded = rejected.filter((hunk) => rejectionKind(hunk) === 'bad-wording');
  const avoid = worded.map(({ after }) => after);
  if (decision === undefined || decision.state === 'proposed') return { note: '', avoid };
  const anew = newEvidence(pattern, decision, corrections);
  const on = `It was ${decision.state} on ${decision.decidedAt.slice(0, 10)}`;
  if (anew.sessions >= sessionsAnew) {
    const note = ` ${on}; since then it was corrected ${anew.corrections} more times in ${anew.sessions} sessions.`;
    return { note, avoid };
  }
  if (decision.state !== 'rejected') return undefined;
  const latest = [...rejected].sort((a, b) => ((a.decidedAt ?? '') < (b.decidedAt ?? '') ? 1 : -1))[0];
  const kind = latest === undefined ? undefined : rejectionKind(latest);
  if (kind === 'bad-wording' && worded.length === 1)
    return { note: ` ${on} for its wording; these are other words.`, avoid };
  if (kind === 'not-now' && daysBetween(decision.decidedAt, now) >= daysLater)
    return { note: ` ${on} as not for then.`, avoid };
  return undefined;
}

function newEvidence(pattern: Pattern, { memberIds }: PatternDecision, corrections: readonly Correction[]) {
  const known = new Set(memberIds);
  const members = new Set(pattern.memberIds);
  const own = corrections.filter((each) => members.has(each.correctionId));
  const before = new Set(own.filter((each) => known.has(each.correctionId)).map((each) => each.sessionId));
  const anew = own.filter((each) => !known.has(each.correctionId) && !before.has(each.sessionId));
  return { corrections: anew.length, sessions: new Set(anew.map((each) => each.sessionId)).size };
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
