import type { Command } from '../command';
import { noFilter } from '../corrections/correctionFilter';
import { commandIds } from '../ids';

export const clearCorrectionFilter: Command = {
  id: commandIds.clearCorrectionFilter,
  needsTrust: false,
  async run(host) {
    host.corrections.setFilter(noFilter);
    return undefined;
  },
};
