import type { Command } from '../command';
import { commandIds } from '../ids';
import { endReview } from '../review/decide';
import { requireImprovement } from '../review/target';

/** Ends a review early: what is pending stays out, what was accepted becomes the version. */
export const finishReview: Command = {
  id: commandIds.finishReview,
  needsTrust: true,
  async run(host, args) {
    return endReview(host, requireImprovement(args));
  },
};
