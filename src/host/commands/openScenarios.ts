import type { Command } from '../command';
import { commandIds } from '../ids';
import { openScenarios as open } from '../replay/scenarioFile';

/** Opens the folder's scenarios, an unsaved example where there are none. */
export const openScenarios: Command = {
  id: commandIds.openScenarios,
  needsTrust: false,
  run: (host) => open(host),
};
