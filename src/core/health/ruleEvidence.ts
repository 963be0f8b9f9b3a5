import type { RuleEvidence } from '../alerts/alertRule';
import type { HealthRecords } from './healthRecords';
import type { CheckedComponents } from './runChecks';

/** What the rules look at: the findings of the checks, and the records behind them. */
export async function evidenceOf(
  records: HealthRecords,
  { components, observations }: CheckedComponents,
  now: Date,
): Promise<RuleEvidence> {
  const executions = (await records.list('executions')).records
    .filter(({ endedAt }) => endedAt !== null)
    .toSorted((a, b) => a.startedAt.localeCompare(b.startedAt));
  const audit = (await records.log('audit')).records.toSorted((a, b) => a.at.localeCompare(b.at));
  return {
    now,
    components,
    observations,
    executions,
    reports: (await records.list('validationReports')).records,
    deployments: (await records.list('deployments')).records,
    experiments: (await records.list('experiments')).records,
    effects: (await records.list('observations')).records,
    audit,
  };
}
