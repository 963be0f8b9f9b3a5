import type { Command } from '../command';
import { acceptAll } from './acceptAll';
import { acceptHunk } from './acceptHunk';
import { checkPrompts } from './checkPrompts';
import { chooseModel } from './chooseModel';
import { clearCorrectionFilter } from './clearCorrectionFilter';
import { clearModelKey } from './clearModelKey';
import { comparePrompts } from './comparePrompts';
import { compareVersions } from './compareVersions';
import { deploy } from './deploy';
import { dismissCorrection } from './dismissCorrection';
import { dismissPattern } from './dismissPattern';
import { editCorrection } from './editCorrection';
import { editHunk } from './editHunk';
import { exportReport } from './exportReport';
import { filterCorrections } from './filterCorrections';
import { finishReview } from './finishReview';
import { forgetCorrections } from './forgetCorrections';
import { importCorrections } from './importCorrections';
import { initialize } from './initialize';
import { installHook } from './installHook';
import { moveHunk } from './moveHunk';
import { nextHunk, previousHunk } from './nextHunk';
import { openCorrectionSource } from './openCorrectionSource';
import { openLog } from './openLog';
import { openScenarios } from './openScenarios';
import { quickValidation } from './quickValidation';
import { recordCorrection } from './recordCorrection';
import { refresh } from './refresh';
import { rejectAll } from './rejectAll';
import { rejectHunk } from './rejectHunk';
import { removeHook } from './removeHook';
import { reopenReview } from './reopenReview';
import { resetHunk } from './resetHunk';
import { restoreCorrection } from './restoreCorrection';
import { reviewAll } from './reviewAll';
import { reviewImprovement } from './reviewImprovement';
import { rollBack } from './rollBack';
import { runImprovement } from './runImprovement';
import { setModelKey } from './setModelKey';
import { showConflict } from './showConflict';
import { showOrigin } from './showOrigin';
import { showReport } from './showReport';
import { undoDecision } from './undoDecision';
import { validateImprovement } from './validateImprovement';
import { whyHunk } from './whyHunk';

/** A new command is one file and one line here. */
export const commands: readonly Command[] = [
  initialize,
  importCorrections,
  runImprovement,
  reviewImprovement,
  reviewAll,
  reopenReview,
  acceptHunk,
  rejectHunk,
  editHunk,
  resetHunk,
  nextHunk,
  previousHunk,
  moveHunk,
  whyHunk,
  showConflict,
  showOrigin,
  undoDecision,
  acceptAll,
  rejectAll,
  finishReview,
  showReport,
  exportReport,
  dismissPattern,
  compareVersions,
  deploy,
  rollBack,
  openLog,
  refresh,
  recordCorrection,
  openCorrectionSource,
  editCorrection,
  dismissCorrection,
  restoreCorrection,
  forgetCorrections,
  filterCorrections,
  clearCorrectionFilter,
  installHook,
  removeHook,
  chooseModel,
  setModelKey,
  clearModelKey,
  checkPrompts,
  comparePrompts,
  validateImprovement,
  openScenarios,
  quickValidation,
];
