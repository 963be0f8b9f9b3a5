import type { Register } from '../cli';
import { registerAccept } from './accept';
import { registerAlerts } from './alerts';
import { registerAnalyze } from './analyze';
import { registerAudit } from './audit';
import { registerBackup } from './backup';
import { registerCanary } from './canary';
import { registerCancel } from './cancel';
import { registerCheck } from './check';
import { registerCleanup } from './cleanup';
import { registerCompare } from './compare';
import { registerCorrections } from './corrections';
import { registerCreate } from './create';
import { registerDeploy } from './deploy';
import { registerDeployments } from './deployments';
import { registerDiff } from './diff';
import { registerDismiss } from './dismiss';
import { registerExplain } from './explain';
import { registerForget } from './forget';
import { registerHabits } from './habits';
import { registerHealth } from './health';
import { registerHistory } from './history';
import { registerHook } from './hook';
import { registerImport } from './import';
import { registerImprove } from './improve';
import { registerInit } from './init';
import { registerMove } from './move';
import { registerObserve } from './observe';
import { registerOutcomes } from './outcomes';
import { registerPause } from './pause';
import { registerRecord } from './record';
import { registerReject } from './reject';
import { registerReopen } from './reopen';
import { registerReport } from './report';
import { registerRestore } from './restore';
import { registerResume } from './resume';
import { registerRollback } from './rollback';
import { registerRules } from './rules';
import { registerRun } from './run';
import { registerRuns } from './runs';
import { registerShow } from './show';
import { registerStats } from './stats';
import { registerSuite } from './suite';
import { registerTemplates } from './templates';
import { registerUndo } from './undo';
import { registerValidate } from './validate';
import { registerVersion } from './version';
import { registerWhoami } from './whoami';

/** The commands, in the order in which help lists them. */
export const commands: readonly Register[] = [
  registerInit,
  registerImport,
  registerRecord,
  registerCorrections,
  registerHabits,
  registerDismiss,
  registerForget,
  registerHook,
  registerCheck,
  registerAnalyze,
  registerImprove,
  registerValidate,
  registerCreate,
  registerCompare,
  registerStats,
  registerAudit,
  registerWhoami,
  registerRuns,
  registerExplain,
  registerSuite,
  registerShow,
  registerAccept,
  registerReject,
  registerMove,
  registerReopen,
  registerTemplates,
  registerHistory,
  registerVersion,
  registerDiff,
  registerCleanup,
  registerDeploy,
  registerDeployments,
  registerObserve,
  registerCanary,
  registerRules,
  registerOutcomes,
  registerRollback,
  registerUndo,
  registerRun,
  registerBackup,
  registerRestore,
  registerPause,
  registerResume,
  registerCancel,
  registerHealth,
  registerAlerts,
  registerReport,
];
