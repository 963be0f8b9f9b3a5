import type { Command } from '../command';
import { commandIds } from '../ids';
import { decide } from '../review/decide';
import { requireHunk } from '../review/target';

/** Leaves one hunk out; it is not proposed again while its evidence stays the same. */
export const rejectHunk: Command = {
  id: commandIds.rejectHunk,
  needsTrust: true,
  async run(host, args) {
    const { improvementId, hunkId } = await requireHunk(host, args, (hunk) => hunk.decision === 'pending');
    return decide(host, improvementId, (workspace) =>
      workspace.review.reject(improvementId, {
        hunkIds: [hunkId],
        ...(args.reason === undefined ? {} : { reason: args.reason }),
      }),
    );
  },
};
