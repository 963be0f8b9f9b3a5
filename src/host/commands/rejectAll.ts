import type { Command } from '../command';
import { commandIds } from '../ids';
import { plural } from '../plural';
import { decide } from '../review/decide';
import { askRejectReason } from '../review/rejectReason';
import { requireImprovement } from '../review/target';

/** Rejects every pending hunk of the one improvement whose diff is in front; what was accepted stays. */
export const rejectAll: Command = {
  id: commandIds.rejectAll,
  needsTrust: true,
  async run(host, args) {
    const improvementId = requireImprovement(args);
    const { review, templates } = await host.session.open();
    const { improvement } = await review.show(improvementId);
    const { path } = await templates.get(improvement.templateId);
    const pending = improvement.hunks.filter((hunk) => hunk.decision === 'pending').length;
    const reason = args.reason ?? (await askRejectReason(`${plural(pending, 'pending hunk')} of ${path}`));
    if (reason === undefined) return undefined;
    return decide(host, improvementId, (workspace) => workspace.review.reject(improvementId, { reason }));
  },
};
