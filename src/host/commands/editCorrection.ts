import type { Command } from '../command';
import { requireCorrection } from '../corrections/target';
import { commandIds } from '../ids';
import { knownAgents } from '../record/agents';
import { askChanges } from '../record/editing';

/** Changes what was captured wrong. What a person changed is never overwritten by an import. */
export const editCorrection: Command = {
  id: commandIds.editCorrection,
  needsTrust: true,
  async run(host, args) {
    const correction = await requireCorrection(host, args);
    const changes = await askChanges(correction, (await knownAgents(host)).names);
    const fields = Object.keys(changes ?? {});
    if (!changes || fields.length === 0) return undefined;
    const { correctionId } = correction;
    await (await host.session.open()).capture.curation.edit(correctionId, changes);
    host.feed.refresh();
    return { correctionId, fields };
  },
};
