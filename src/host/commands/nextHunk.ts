import type { Command } from '../command';
import { commandIds } from '../ids';
import { stepHunk } from '../review/target';

/** Goes to the next hunk of the review, and from the last to the first. */
export const nextHunk: Command = {
  id: commandIds.nextHunk,
  needsTrust: false,
  run: (host, args) => stepHunk(host, args, 1),
};

/** Goes to the hunk before, and from the first to the last. */
export const previousHunk: Command = {
  id: commandIds.previousHunk,
  needsTrust: false,
  run: (host, args) => stepHunk(host, args, -1),
};
