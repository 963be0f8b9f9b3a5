import { PipelineError } from '../../core/errors';
import type { Command } from '../command';
import { commandIds } from '../ids';
import { decide } from '../review/decide';
import { editsOf } from '../review/personEdits';
import { requireHunk } from '../review/target';

function takenOut(improvementId: string): PipelineError {
  return new PipelineError('ILLEGAL_STATE', 'You took this hunk out of the right side.', {
    subject: improvementId,
    remedy: 'Reject it, or undo your edit and accept it then. Nothing was decided.',
  });
}

/** Takes one hunk into the next version, as the person edited it. Touches no agent's file. */
export const acceptHunk: Command = {
  id: commandIds.acceptHunk,
  needsTrust: true,
  async run(host, args) {
    const { improvementId, hunkId } = await requireHunk(host, args, (hunk) => hunk.decision === 'pending');
    return decide(host, improvementId, async (workspace) => {
      const { edited, reverted } = await editsOf(workspace, improvementId, [hunkId]);
      if (reverted.includes(hunkId)) throw takenOut(improvementId);
      return (await workspace.review.accept(improvementId, { hunkIds: [hunkId], edited })).improvement;
    });
  },
};
