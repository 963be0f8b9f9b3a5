import type { Command } from '../command';
import { changeHook } from '../hook/changeHook';
import { commandIds } from '../ids';

/** Lets Claude Code tell of its sessions and of the prompts that it loads. */
export const installHook: Command = {
  id: commandIds.installHook,
  needsTrust: true,
  run: (host) => changeHook(host, 'install'),
};
