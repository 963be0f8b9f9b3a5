import type { Command } from '../command';
import { commandIds } from '../ids';
import { decide } from '../review/decide';
import { requireImprovement } from '../review/target';

/** Rejects every pending hunk of the one improvement whose diff is in front; what was accepted stays. */
export const rejectAll: Command = {
  id: commandIds.rejectAll,
  needsTrust: true,
  async run(host, args) {
    const improvementId = requireImprovement(args);
    return decide(host, improvementId, (workspace) =>
      workspace.review.reject(improvementId, args.reason === undefined ? {} : { reason: args.reason }),
    );
  },
};
