import type { Command } from '../command';
import { commandIds } from '../ids';

/** What recurs, with its evidence, and what the tests say about the improvements. */
export const showReport: Command = {
  id: commandIds.showReport,
  needsTrust: false,
  async run(host) {
    await host.report.show();
    return undefined;
  },
};
