import type { Command } from '../command';
import { acceptAll } from './acceptAll';
import { acceptHunk } from './acceptHunk';
import { compareVersions } from './compareVersions';
import { deploy } from './deploy';
import { finishReview } from './finishReview';
import { importCorrections } from './importCorrections';
import { initialize } from './initialize';
import { openLog } from './openLog';
import { refresh } from './refresh';
import { rejectAll } from './rejectAll';
import { rejectHunk } from './rejectHunk';
import { reviewImprovement } from './reviewImprovement';
import { rollBack } from './rollBack';
import { runImprovement } from './runImprovement';
import { showReport } from './showReport';
import { undoDecision } from './undoDecision';
import { whyHunk } from './whyHunk';

/** A new command is one file and one line here. */
export const commands: readonly Command[] = [
  initialize,
  importCorrections,
  runImprovement,
  reviewImprovement,
  acceptHunk,
  rejectHunk,
  whyHunk,
  undoDecision,
  acceptAll,
  rejectAll,
  finishReview,
  showReport,
  compareVersions,
  deploy,
  rollBack,
  openLog,
  refresh,
];
