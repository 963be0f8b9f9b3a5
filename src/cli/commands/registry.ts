import type { Register } from '../cli';
import { registerAccept } from './accept';
import { registerAnalyze } from './analyze';
import { registerAudit } from './audit';
import { registerCheck } from './check';
import { registerCompare } from './compare';
import { registerCorrections } from './corrections';
import { registerCreate } from './create';
import { registerDeploy } from './deploy';
import { registerDeployments } from './deployments';
import { registerDiff } from './diff';
import { registerDismiss } from './dismiss';
import { registerForget } from './forget';
import { registerHabits } from './habits';
import { registerHealth } from './health';
import { registerHistory } from './history';
import { registerHook } from './hook';
import { registerImport } from './import';
import { registerImprove } from './improve';
import { registerInit } from './init';
import { registerMove } from './move';
import { registerRecord } from './record';
import { registerReject } from './reject';
import { registerReopen } from './reopen';
import { registerReport } from './report';
import { registerRollback } from './rollback';
import { registerRun } from './run';
import { registerRuns } from './runs';
import { registerShow } from './show';
import { registerStats } from './stats';
import { registerSuite } from './suite';
import { registerTemplates } from './templates';
import { registerValidate } from './validate';

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
  registerRuns,
  registerSuite,
  registerShow,
  registerAccept,
  registerReject,
  registerMove,
  registerReopen,
  registerTemplates,
  registerHistory,
  registerDiff,
  registerDeploy,
  registerDeployments,
  registerRollback,
  registerRun,
  registerHealth,
  registerReport,
];
