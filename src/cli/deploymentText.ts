import type { DeployedTarget, DeploymentDashboard, Drift } from '../core/monitoring/deploymentDashboard';
import { percent, plural } from '../core/report/format';

const driftText: Readonly<Record<Drift, string>> = {
  'as-deployed': 'as deployed',
  changed: 'CHANGED since',
  gone: 'GONE',
  back: 'BACK after a rollback took it away',
  'not-looked': 'not looked at',
};

function targetLine({ target, templateId, activeVersion, since, by, drift }: DeployedTarget): string {
  const when = since === null ? '' : `  ${by} ${since}`;
  return `${target}  ${templateId}  ${activeVersion ?? 'no file'}${when}  ${driftText[drift]}`;
}

function successLine({ success, refused, failures }: DeploymentDashboard): string {
  const { value, interval, count, of } = success;
  if (value === null || interval === null)
    return 'Success: not measured yet; nothing was deployed or rolled back.';
  const codes = Object.entries(failures).map(([code, times]) => `${code} ${times}`);
  const [low, high] = interval.map(percent);
  return [
    `Success: ${percent(value)} (${count} of ${plural(of, 'deployment or rollback', 'deployments and rollbacks')}; 95% interval ${low} to ${high})`,
    ...(codes.length === 0 ? [] : [`failed: ${codes.join(', ')}`]),
    ...(refused === 0 ? [] : [`refused by a gate: ${refused}`]),
  ].join('; ');
}

/** What is live where, for a terminal. */
export function deploymentText(dashboard: DeploymentDashboard): string {
  const { targets, drifted, lastRollback } = dashboard;
  const last =
    lastRollback === null
      ? 'No rollback yet.'
      : `Last rollback: ${lastRollback.at}  ${lastRollback.target}  ${lastRollback.fromVersion ?? 'no file'} -> ${lastRollback.toVersion ?? 'no file'}  ${lastRollback.reason}`;
  return [
    ...targets.map(targetLine),
    `${plural(targets.length, 'target')}, ${drifted} not as deployed`,
    successLine(dashboard),
    last,
  ].join('\n');
}
