import type { Command } from '../command';
import { commandIds } from '../ids';

/** Reads everything again, for folders whose changes are not reported. */
export const refresh: Command = {
  id: commandIds.refresh,
  needsTrust: false,
  async run(host) {
    host.session.refresh();
    host.documents.refreshAll();
    return undefined;
  },
};
