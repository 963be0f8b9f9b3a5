import type { Command } from '../command';
import { requireCorrection } from '../corrections/target';
import { commandIds } from '../ids';

/** Takes a dismissal back. */
export const restoreCorrection: Command = {
  id: commandIds.restoreCorrection,
  needsTrust: true,
  async run(host, args) {
    const { correctionId } = await requireCorrection(host, args);
    await (await host.session.open()).capture.curation.restore(correctionId);
    host.feed.refresh();
    return { correctionId };
  },
};
