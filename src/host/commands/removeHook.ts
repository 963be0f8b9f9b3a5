import type { Command } from '../command';
import { changeHook } from '../hook/changeHook';
import { commandIds } from '../ids';

/** Takes the capture hook out of Claude Code's settings again. */
export const removeHook: Command = {
  id: commandIds.removeHook,
  needsTrust: true,
  run: (host) => changeHook(host, 'remove'),
};
