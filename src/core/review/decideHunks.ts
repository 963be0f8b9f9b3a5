import { PipelineError } from '../errors';
import type { Hunk, Improvement } from '../model/improvement';
import { dominantLineEnd, endsLine } from '../prompt/splitLines';
import { tokenDelta } from '../templates/compareTexts';
import { hunkText } from './applyHunks';

/** @throws PipelineError ILLEGAL_STATE when the review is over */
export function requireOpen({ improvementId, status }: Improvement): void {
  if (isOpen(status)) return;
  const words = {
    accepted: 'was accepted already',
    'partly-accepted': 'was accepted in part already, and its review is finished',
    rejected: 'was rejected already',
    superseded: 'was superseded by a newer one',
  } as const;
  throw new PipelineError('ILLEGAL_STATE', `Improvement ${improvementId} ${words[status]}.`, {
    subject: improvementId,
    remedy: 'See the pending improvements, or roll back what it deployed.',
  });
}

export function isOpen(status: Improvement['status']): status is 'proposed' | 'draft' {
  return status === 'proposed' || status === 'draft';
}

/**
 * The pending hunks with the given ids; all of them when none are named.
 * @throws PipelineError NOT_FOUND for an unknown id, ILLEGAL_STATE for one that is decided, INVALID_INPUT for
 * an empty list
 */
export function selectPending(
  { improvementId, hunks }: Improvement,
  hunkIds: readonly string[] | undefined,
): ReadonlySet<string> {
  if (hunkIds === undefined) {
    return new Set(hunks.filter((hunk) => hunk.decision === 'pending').map((hunk) => hunk.hunkId));
  }
  if (hunkIds.length === 0) {
    throw new PipelineError('INVALID_INPUT', 'No hunk was named.', {
      subject: improvementId,
      remedy: 'Name a hunk, or leave the hunks out to mean every pending one.',
    });
  }
  for (const hunkId of hunkIds) {
    const { decision } = findHunk(hunks, hunkId, improvementId);
    if (decision !== 'pending') {
      throw new PipelineError('ILLEGAL_STATE', `Hunk ${hunkId} was ${decision} already.`, {
        subject: `${improvementId}/${hunkId}`,
        remedy: 'Reopen it to decide again; nothing was changed.',
      });
    }
  }
  return new Set(hunkIds);
}

export function findHunk(hunks: readonly Hunk[], hunkId: string, improvementId: string): Hunk {
  const hunk = hunks.find((each) => each.hunkId === hunkId);
  if (hunk) return hunk;
  throw new PipelineError('NOT_FOUND', `Improvement ${improvementId} has no hunk ${hunkId}.`, {
    subject: `${improvementId}/${hunkId}`,
    remedy: `Its hunks are: ${hunks.map((each) => each.hunkId).join(', ')}.`,
  });
}

/** A hunk taken over, with the person's own text where they changed it. */
export function acceptHunk(
  hunk: Hunk,
  edited: string | undefined,
  baseText: string,
  decidedAt: string,
): Hunk {
  const { decisionReason: _, ...rest } = hunk;
  const accepted: Hunk = { ...rest, decision: 'accepted', decidedAt };
  if (edited === undefined) return accepted;
  const text = wholeLines(hunk, edited, baseText);
  const { editedAfter: __, ...asProposed } = accepted;
  return text === hunk.after ? asProposed : { ...accepted, editedAfter: text };
}

export function rejectHunk(hunk: Hunk, reason: string | undefined, decidedAt: string): Hunk {
  const { decisionReason: _, ...rest } = hunk;
  const words = reason?.trim() ?? '';
  return { ...rest, decision: 'rejected', decidedAt, ...(words === '' ? {} : { decisionReason: words }) };
}

/** Pending again; the person's own wording stays with it. */
export function reopenHunk({ decisionReason: _, decidedAt: __, ...rest }: Hunk): Hunk {
  return { ...rest, decision: 'pending' };
}

/** Estimated change of length in tokens that the hunk brings as it was accepted. */
export function acceptedTokenDelta(hunk: Hunk): number {
  return hunk.editedAfter === undefined ? hunk.tokenDelta : tokenDelta(hunk.before, hunkText(hunk));
}

/** A text of whole lines in the prompt's own line ends; empty takes the hunk's lines away. */
function wholeLines(hunk: Hunk, edited: string, baseText: string): string {
  const mustEnd = endsLine(hunk.after) || endsLine(hunk.before);
  if (edited !== '' && mustEnd && !endsLine(edited)) {
    throw new PipelineError(
      'INVALID_INPUT',
      `The edited text of hunk ${hunk.hunkId} does not end its last line.`,
      {
        subject: hunk.hunkId,
        remedy: 'Give whole lines, each with its line end; nothing was decided.',
      },
    );
  }
  return edited.replace(/\r\n|\r|\n/g, dominantLineEnd(baseText));
}
