import type { Alert } from '../model/alert';
import type { AuditEntry } from '../model/audit';
import type { Correction } from '../model/correction';
import type { Execution, Health } from '../model/execution';
import type { Observation } from '../model/observation';
import type { ValidationReport } from '../model/validation';
import type { DeploymentRecords } from './deploymentDashboard';

export type FoundCorrection = Pick<Correction, 'source' | 'edited'>;

/** What the monitoring dashboard is computed from. */
export interface MonitoringRecords extends Omit<DeploymentRecords, 'audit'> {
  readonly executions: readonly Execution[];
  readonly reports: readonly ValidationReport[];
  readonly corrections: readonly FoundCorrection[];
  readonly alerts: readonly Alert[];
  readonly observations: readonly Observation[];
  readonly health: readonly Health[];
  readonly audit: readonly Pick<AuditEntry, 'action' | 'detail' | 'at'>[];
  /** SHA-256 of what each target's file holds, null for no file; without a path: not looked at. */
  readonly held: ReadonlyMap<string, string | null>;
}
