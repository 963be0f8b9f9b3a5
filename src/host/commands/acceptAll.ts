import type { Command } from '../command';
import { commandIds } from '../ids';
import { decide } from '../review/decide';
import { editsOf } from '../review/personEdits';
import { requireImprovement } from '../review/target';

/**
 * Accepts every pending hunk of the one improvement whose diff is in front; no other. A hunk that the person took out of
 * the right side is rejected.
 */
export const acceptAll: Command = {
  id: commandIds.acceptAll,
  needsTrust: true,
  async run(host, args) {
    const improvementId = requireImprovement(args);
    return decide(host, improvementId, async (workspace) => {
      const { review } = workspace;
      const { improvement } = await review.show(improvementId);
      const pending = improvement.hunks.flatMap((hunk) => (hunk.decision === 'pending' ? [hunk.hunkId] : []));
      const { edited, reverted } = await editsOf(workspace, improvementId, pending);
      const kept = pending.filter((hunkId) => !reverted.includes(hunkId));
      const rejected =
        reverted.length === 0
          ? improvement
          : await review.reject(improvementId, { hunkIds: reverted, reason: 'Taken out in the review' });
      if (kept.length === 0) return rejected;
      return (await review.accept(improvementId, { hunkIds: kept, edited })).improvement;
    });
  },
};
