import type { Observation } from '../health/healthCheck';
import type { Alert } from '../model/alert';
import type { AlertRuleName, AlertRules } from '../model/alertRules';
import type { AuditEntry } from '../model/audit';
import type { Execution, HealthComponent } from '../model/execution';
import type { Experiment } from '../model/experiment';
import type { Observation as ObservedEffect } from '../model/observation';
import type { Deployment } from '../model/template';
import type { ValidationReport } from '../model/validation';

/** What rules look at, gathered by one check of health. */
export interface RuleEvidence {
  readonly now: Date;
  readonly components: readonly HealthComponent[];
  readonly observations: readonly Observation[];
  /** Finished ones, the oldest first. */
  readonly executions: readonly Execution[];
  readonly reports: readonly ValidationReport[];
  readonly deployments: readonly Deployment[];
  /** What deployments did in real use. */
  readonly effects: readonly ObservedEffect[];
  readonly experiments: readonly Experiment[];
  /** In the order of time. */
  readonly audit: readonly AuditEntry[];
}

/** Something that is so now and that a person should look at. */
export type Condition = Pick<Alert, 'subject' | 'event' | 'message' | 'remedy' | 'path' | 'line'>;

/** Pure: what it gives follows from the evidence and its settings. A new one is one file in `rules` and one line in the registry. */
export interface AlertRule<N extends AlertRuleName = AlertRuleName> {
  readonly name: N;
  conditions(evidence: RuleEvidence, settings: AlertRules[N]): readonly Condition[];
}
