/** Every name that `package.json` and the code share. A test holds the two together. */
export const extensionName = 'claude-pm-prompts';
export const category = 'Claude PM';

export const commandIds = {
  initialize: 'claudePm.initialize',
  importCorrections: 'claudePm.importCorrections',
  runImprovement: 'claudePm.runImprovement',
  pauseRun: 'claudePm.pauseRun',
  resumeRun: 'claudePm.resumeRun',
  cancelRun: 'claudePm.cancelRun',
  explainLastRun: 'claudePm.explainLastRun',
  reviewImprovement: 'claudePm.reviewImprovement',
  reviewAll: 'claudePm.reviewAll',
  reopenReview: 'claudePm.reopenReview',
  acceptHunk: 'claudePm.acceptHunk',
  rejectHunk: 'claudePm.rejectHunk',
  moveHunk: 'claudePm.moveHunk',
  editHunk: 'claudePm.editHunk',
  resetHunk: 'claudePm.resetHunk',
  nextHunk: 'claudePm.nextHunk',
  previousHunk: 'claudePm.previousHunk',
  whyHunk: 'claudePm.whyHunk',
  showConflict: 'claudePm.showConflict',
  showOrigin: 'claudePm.showOrigin',
  undoDecision: 'claudePm.undoDecision',
  acceptAll: 'claudePm.acceptAll',
  rejectAll: 'claudePm.rejectAll',
  finishReview: 'claudePm.finishReview',
  showReport: 'claudePm.showReport',
  showMonitoring: 'claudePm.showMonitoring',
  exportReport: 'claudePm.exportReport',
  dismissPattern: 'claudePm.dismissPattern',
  compareVersions: 'claudePm.compareVersions',
  deploy: 'claudePm.deploy',
  rollBack: 'claudePm.rollBack',
  deployToAgents: 'claudePm.deployToAgents',
  undoRollout: 'claudePm.undoRollout',
  changeVersionState: 'claudePm.changeVersionState',
  addVersionTag: 'claudePm.addVersionTag',
  removeVersionTag: 'claudePm.removeVersionTag',
  addVersionNote: 'claudePm.addVersionNote',
  searchVersions: 'claudePm.searchVersions',
  cleanUpVersions: 'claudePm.cleanUpVersions',
  showObservedEffect: 'claudePm.showObservedEffect',
  startCanary: 'claudePm.startCanary',
  showCanary: 'claudePm.showCanary',
  checkCanary: 'claudePm.checkCanary',
  promoteCanary: 'claudePm.promoteCanary',
  abortCanary: 'claudePm.abortCanary',
  openDocumentation: 'claudePm.openDocumentation',
  openLog: 'claudePm.openLog',
  refresh: 'claudePm.refresh',
  recordCorrection: 'claudePm.recordCorrection',
  openCorrectionSource: 'claudePm.openCorrectionSource',
  editCorrection: 'claudePm.editCorrection',
  dismissCorrection: 'claudePm.dismissCorrection',
  restoreCorrection: 'claudePm.restoreCorrection',
  forgetCorrections: 'claudePm.forgetCorrections',
  filterCorrections: 'claudePm.filterCorrections',
  clearCorrectionFilter: 'claudePm.clearCorrectionFilter',
  installHook: 'claudePm.installHook',
  removeHook: 'claudePm.removeHook',
  chooseModel: 'claudePm.chooseModel',
  setModelKey: 'claudePm.setModelKey',
  clearModelKey: 'claudePm.clearModelKey',
  checkPrompts: 'claudePm.checkPrompts',
  comparePrompts: 'claudePm.comparePrompts',
  validateImprovement: 'claudePm.validateImprovement',
  openScenarios: 'claudePm.openScenarios',
  quickValidation: 'claudePm.quickValidation',
  backUp: 'claudePm.backUp',
  restoreBackup: 'claudePm.restoreBackup',
  setBackupKey: 'claudePm.setBackupKey',
  copyBackupKey: 'claudePm.copyBackupKey',
  checkHealth: 'claudePm.checkHealth',
  acknowledgeAlerts: 'claudePm.acknowledgeAlerts',
  setWebhookSecret: 'claudePm.setWebhookSecret',
  verifyAudit: 'claudePm.verifyAudit',
  showAudit: 'claudePm.showAudit',
  showTemplateAudit: 'claudePm.showTemplateAudit',
} as const;
export type CommandId = (typeof commandIds)[keyof typeof commandIds];

/** Registered but not contributed: links inside hovers use them. */
export const openAdviceCommand = 'claudePm.openAdvice';
export const openEvidenceCommand = 'claudePm.openEvidence';
/** The same: a row of the tree uses it. */
export const showOlderCommand = 'claudePm.showOlderCorrections';
/** The same. */
export const showOlderVersionsCommand = 'claudePm.showOlderVersions';

/** The same: quick fixes of findings use them. */
export const fixFindingCommand = 'claudePm.fixFinding';
export const ignoreFindingCommand = 'claudePm.ignoreFinding';

export const viewContainerId = 'claudePm';
export const templatesViewId = 'claudePm.templates';
export const correctionsViewId = 'claudePm.corrections';
export const reportViewType = 'claudePm.report';

export const languageId = 'claude-prompt';
export const promptExtension = '.claude-prompt';

export const schemes = {
  /** Left side of a review: the base version with the hunks accepted so far. */
  current: 'claude-pm-current',
  /** Right side of a review: writable. */
  proposal: 'claude-pm-proposal',
  version: 'claude-pm-version',
  /** A stored correction, or the place in a transcript that it stands at. */
  correction: 'claude-pm-correction',
} as const;

/** A file as it is planned to be, beside the file as it is. Nothing outlives the question, so it activates nothing. */
export const plannedScheme = 'claude-pm-planned';

export const contextKeys = {
  /** `no-folder`, `uninitialized` or `ready`. */
  state: 'claudePm.state',
  hasCorrections: 'claudePm.hasCorrections',
  running: 'claudePm.running',
  /** The run of this window waits. */
  paused: 'claudePm.paused',
  /** An experiment runs in this folder. */
  canaryRuns: 'claudePm.canaryRuns',
  /** Only some of the corrections are shown. */
  filtered: 'claudePm.correctionsFiltered',
  /** The person’s role lets them deploy no prompt at all. */
  cannotDeploy: 'claudePm.cannotDeploy',
} as const;

export const settingsSection = 'claudePm';
/** Settings that override the key of the same name in `config.json`. */
export const settingKeys = [
  'agentTypes',
  'agentNames',
  'correctionAnalysisDays',
  'patternDetectionThreshold',
  'improvementConfidenceThreshold',
  'validationSampleSize',
  'significanceLevel',
  'effectivenessThreshold',
  'smallestEffect',
  'regressionMargin',
  'autoDeploymentEnabled',
  'autoRollbackEnabled',
  'monitoringInterval',
  'pipelineTimeout',
  'schedule',
  'liveCapture',
  'afterglowHours',
  'correctionRetentionDays',
  'versionRetention',
  'shareCorrections',
  'redactEmails',
  'redactHomeDirectories',
  'crossProjectHabits',
  'wordVectors',
  'checkPrompts',
  'ignoredFindings',
  'sources',
  'backup',
  'alerts',
] as const;

/** A setting of the window: what is shown, not what is done. */
export const promptLensesSetting = 'promptCodeLenses';

/** Settings of the person alone: neither `config.json` nor a folder's settings may say them. */
export const personalSettingKeys = [
  'model',
  'modelBaseUrl',
  'maxModelCost',
  'maxModelTokens',
  'modelPrices',
  'modelTimeout',
  'alertWebhook',
  'identity',
] as const;
export type PersonalSettingKey = (typeof personalSettingKeys)[number];

export const dataFolder = '.claude-pm';
/** In it: what prompts are tested with, for people to write. */
export const scenarioFileName = 'scenarios.yaml';
/** Read-only pages; they go with the window. */
export const pageScheme = 'claude-pm-page';
/** Below it: the records of experiments, and the logs that they are judged by. */
export const experimentsFolder = 'improvement_pipeline/experiments';
export const experimentLogs = ['training/exposures', 'training/sessions', 'training/corrections'] as const;
/** Below it: the log of corrections. */
export const correctionsFolder = 'training/corrections';
/** Below it: the records that make up the history of a template, each named by it. */
export const historyFolders = [
  'template_management/versions',
  'template_management/deployments',
  'improvement_pipeline/observations',
] as const;
