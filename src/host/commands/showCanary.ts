import type { Command } from '../command';
import { commandIds } from '../ids';

/** Experiments with their rates, evidence and rule, the running ones first. */
export const showCanary: Command = {
  id: commandIds.showCanary,
  needsTrust: false,
  async run(host) {
    await host.report.show('experiments');
    await host.canaryStatus.markSeen();
    return undefined;
  },
};
