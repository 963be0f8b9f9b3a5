import type { AlertRules } from '../model/alertRules';
import type { AlertRule, Condition, RuleEvidence } from './alertRule';
import { brokenAudit } from './rules/brokenAudit';
import { brokenTarget } from './rules/brokenTarget';
import { canaryRolledBack } from './rules/canaryRolledBack';
import { corruptRecords } from './rules/corruptRecords';
import { drift } from './rules/drift';
import { failedDeployment } from './rules/failedDeployment';
import { failedRun } from './rules/failedRun';
import { failingComponent } from './rules/failingComponent';
import { observedHarm } from './rules/observedHarm';
import { slowStage } from './rules/slowStage';
import { staleSource } from './rules/staleSource';
import { validationFailures } from './rules/validationFailures';
import { zeroOutput } from './rules/zeroOutput';

/** A rule with its name and the settings of that name. */
type Applied = (
  evidence: RuleEvidence,
  rules: AlertRules,
) => { readonly rule: keyof AlertRules; readonly conditions: readonly Condition[] };

function applied<N extends keyof AlertRules>(rule: AlertRule<N>): Applied {
  return (evidence, rules) => {
    const settings = rules[rule.name];
    return { rule: rule.name, conditions: settings.enabled ? rule.conditions(evidence, settings) : [] };
  };
}

/** The rules that health evaluates. */
export const alertRules: readonly Applied[] = [
  applied(failedRun),
  applied(failedDeployment),
  applied(slowStage),
  applied(validationFailures),
  applied(corruptRecords),
  applied(zeroOutput),
  applied(staleSource),
  applied(drift),
  applied(brokenTarget),
  applied(brokenAudit),
  applied(failingComponent),
  applied(observedHarm),
  applied(canaryRolledBack),
];
