import type { Command } from '../command';
import { commandIds } from '../ids';
import { decide } from '../review/decide';
import { requireHunk } from '../review/target';

/** Takes a decision back: the hunk is pending again. */
export const undoDecision: Command = {
  id: commandIds.undoDecision,
  needsTrust: true,
  async run(host, args) {
    const { improvementId, hunkId } = await requireHunk(host, args, (hunk) => hunk.decision !== 'pending');
    return decide(host, improvementId, (workspace) => workspace.review.reopen(improvementId, hunkId));
  },
};
