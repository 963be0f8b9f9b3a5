import type { Command } from '../command';
import { commandIds } from '../ids';

export const openLog: Command = {
  id: commandIds.openLog,
  needsTrust: false,
  async run(host) {
    host.log.show();
    return undefined;
  },
};
