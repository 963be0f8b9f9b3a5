import { auditCheck } from './checks/audit';
import { backupsCheck } from './checks/backups';
import { clockCheck } from './checks/clock';
import { correctionCaptureCheck } from './checks/correctionCapture';
import { diskCheck } from './checks/disk';
import { modelCheck } from './checks/model';
import { patternAnalyzerCheck } from './checks/patternAnalyzer';
import { promptImprovementPipelineCheck } from './checks/promptImprovementPipeline';
import { promptImproverCheck } from './checks/promptImprover';
import { promptTemplateManagerCheck } from './checks/promptTemplateManager';
import { promptValidatorCheck } from './checks/promptValidator';
import { sourcesCheck } from './checks/sources';
import { storeCheck } from './checks/store';
import { targetsCheck } from './checks/targets';
import { webhookCheck } from './checks/webhook';
import type { HealthCheck } from './healthCheck';

/** Every component that proves its state, in the order in which they are shown. */
export const healthChecks: readonly HealthCheck[] = [
  storeCheck,
  correctionCaptureCheck,
  patternAnalyzerCheck,
  promptImproverCheck,
  promptValidatorCheck,
  promptTemplateManagerCheck,
  promptImprovementPipelineCheck,
  targetsCheck,
  sourcesCheck,
  modelCheck,
  diskCheck,
  clockCheck,
  auditCheck,
  backupsCheck,
  webhookCheck,
];
