import type { Command } from '../command';
import { commandIds } from '../ids';

/** Runs, errors, effectiveness, deployments and alerts, and the measured figures beside their targets. */
export const showMonitoring: Command = {
  id: commandIds.showMonitoring,
  needsTrust: false,
  async run(host) {
    await host.report.show('monitoring');
    return undefined;
  },
};
