import type { Hunk, Improvement, ReviewDraft } from '../model/improvement';
import { mergePreferring } from '../templates/mergeTexts';
import { placePending } from './placeHunk';
import { type ReviewBase, shownTextWith } from './reviewBase';

export interface ReviewTexts {
  /** Left side of the diff. */
  readonly currentText: string;
  /** Left side with every pending hunk, as proposed. */
  readonly withPending: string;
  /** Right side: the person's working copy, else the same as `withPending`. */
  readonly proposedText: string;
  /** Pending hunks as they apply to `currentText`. */
  readonly pending: readonly Hunk[];
}

/**
 * Both sides of a review's diff. A working copy counts while it is no older than the decisions and the prompt
 * under it.
 */
export function readReviewTexts(
  base: ReviewBase,
  improvement: Improvement,
  draft: ReviewDraft | undefined,
): ReviewTexts {
  const accepted = improvement.hunks.filter((hunk) => hunk.decision === 'accepted');
  const pending = improvement.hunks.filter((hunk) => hunk.decision === 'pending');
  const textWith = shownTextWith(base, [...accepted, ...pending]);
  const withPending = textWith([...accepted, ...pending]);
  const since = [base.head.createdAt, ...improvement.hunks.flatMap((hunk) => hunk.decidedAt ?? [])];
  const holds = draft !== undefined && since.every((time) => Date.parse(time) <= Date.parse(draft.updatedAt));
  return {
    currentText: textWith(accepted),
    withPending,
    proposedText: holds ? draft.text : withPending,
    pending: placePending(textWith, accepted, pending),
  };
}

/** The working copy after a decision: what was decided shows, and the person's other edits stay. */
export function carryEdits(before: ReviewTexts, after: ReviewTexts): string {
  return mergePreferring(before.proposedText, before.withPending, after.withPending);
}
