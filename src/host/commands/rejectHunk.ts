import type { Command } from '../command';
import { commandIds } from '../ids';
import { decide } from '../review/decide';
import { askRejectReason } from '../review/rejectReason';
import { requireHunk } from '../review/target';

/** Leaves one hunk out, with the reason that the person gives; what the next run makes of it depends on that. */
export const rejectHunk: Command = {
  id: commandIds.rejectHunk,
  needsTrust: true,
  async run(host, args) {
    const { improvementId, hunkId } = await requireHunk(host, args, (hunk) => hunk.decision === 'pending');
    const reason = args.reason ?? (await askRejectReason('this hunk'));
    if (reason === undefined) return undefined;
    return decide(host, improvementId, (workspace) =>
      workspace.review.reject(improvementId, { hunkIds: [hunkId], reason }),
    );
  },
};
