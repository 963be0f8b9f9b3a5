import type { Command } from '../command';
import { abortCanary } from './abortCanary';
import { acceptAll } from './acceptAll';
import { acceptHunk } from './acceptHunk';
import { acknowledgeAlerts } from './acknowledgeAlerts';
import { addVersionNote } from './addVersionNote';
import { addVersionTag } from './addVersionTag';
import { backUp } from './backUp';
import { changeVersionState } from './changeVersionState';
import { checkCanary } from './checkCanary';
import { checkHealth } from './checkHealth';
import { checkPrompts } from './checkPrompts';
import { chooseModel } from './chooseModel';
import { cleanUpVersions } from './cleanUpVersions';
import { clearCorrectionFilter } from './clearCorrectionFilter';
import { clearModelKey } from './clearModelKey';
import { comparePrompts } from './comparePrompts';
import { compareVersions } from './compareVersions';
import { cancelRun, pauseRun, resumeRun } from './controlRun';
import { copyBackupKey } from './copyBackupKey';
import { deploy, deployToAgents } from './deploy';
import { dismissCorrection } from './dismissCorrection';
import { dismissPattern } from './dismissPattern';
import { editCorrection } from './editCorrection';
import { editHunk } from './editHunk';
import { explainLastRun } from './explainLastRun';
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
import { openDocumentation } from './openDocumentation';
import { openLog } from './openLog';
import { openScenarios } from './openScenarios';
import { promoteCanary } from './promoteCanary';
import { quickValidation } from './quickValidation';
import { recordCorrection } from './recordCorrection';
import { refresh } from './refresh';
import { rejectAll } from './rejectAll';
import { rejectHunk } from './rejectHunk';
import { removeHook } from './removeHook';
import { removeVersionTag } from './removeVersionTag';
import { reopenReview } from './reopenReview';
import { resetHunk } from './resetHunk';
import { restoreBackup } from './restoreBackup';
import { restoreCorrection } from './restoreCorrection';
import { reviewAll } from './reviewAll';
import { reviewImprovement } from './reviewImprovement';
import { rollBack } from './rollBack';
import { runImprovement } from './runImprovement';
import { searchVersions } from './searchVersions';
import { setBackupKey } from './setBackupKey';
import { setModelKey } from './setModelKey';
import { setWebhookSecret } from './setWebhookSecret';
import { showAudit, showTemplateAudit } from './showAudit';
import { showCanary } from './showCanary';
import { showConflict } from './showConflict';
import { showMonitoring } from './showMonitoring';
import { showObservedEffect } from './showObservedEffect';
import { showOrigin } from './showOrigin';
import { showReport } from './showReport';
import { startCanary } from './startCanary';
import { undoDecision } from './undoDecision';
import { undoRollout } from './undoRollout';
import { validateImprovement } from './validateImprovement';
import { verifyAudit } from './verifyAudit';
import { whyHunk } from './whyHunk';

/** A new command is one file and one line here. */
export const commands: readonly Command[] = [
  initialize,
  importCorrections,
  runImprovement,
  pauseRun,
  resumeRun,
  cancelRun,
  explainLastRun,
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
  showMonitoring,
  exportReport,
  dismissPattern,
  compareVersions,
  deploy,
  rollBack,
  deployToAgents,
  undoRollout,
  changeVersionState,
  addVersionTag,
  removeVersionTag,
  addVersionNote,
  searchVersions,
  cleanUpVersions,
  showObservedEffect,
  startCanary,
  showCanary,
  checkCanary,
  promoteCanary,
  abortCanary,
  openDocumentation,
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
  backUp,
  restoreBackup,
  setBackupKey,
  copyBackupKey,
  checkHealth,
  acknowledgeAlerts,
  setWebhookSecret,
  verifyAudit,
  showAudit,
  showTemplateAudit,
];
