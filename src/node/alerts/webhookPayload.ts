import { basename } from 'node:path';
import type { Alert } from '../../core/model/alert';

/** What each rule is about. Rules whose messages may quote a file are told of by these words alone. */
const summaries: Readonly<Record<string, string>> = {
  corruptRecords: 'A record cannot be read.',
  brokenTarget: 'A prompt file cannot be read by its tool, or not be written.',
  failingComponent: 'A component fails its own check.',
  brokenAudit: 'The log of changes does not verify.',
  observedHarm: 'Corrections rose after a deployment.',
  canaryRolledBack: 'An experiment was rolled back.',
};
/** Rules whose messages hold ids, names of stages and figures. */
const toldInFull: ReadonlySet<string> = new Set([
  'failedRun',
  'failedDeployment',
  'slowStage',
  'validationFailures',
  'zeroOutput',
  'staleSource',
  'drift',
]);

/** Ids, paths and messages: never a prompt's text, nor what anybody said. */
export function webhookPayload(root: string, alerts: readonly Alert[], sentAt: string): string {
  return JSON.stringify({
    type: 'claude-pm.alerts',
    version: 1,
    sentAt,
    workspace: basename(root),
    alerts: alerts.map(({ alertId, rule, severity, subject, path, line, message, raisedAt }) => ({
      alertId,
      rule,
      severity,
      subject,
      ...(path === undefined ? {} : { path }),
      ...(line === undefined ? {} : { line }),
      message: toldInFull.has(rule) ? message : (summaries[rule] ?? 'Look at the health of the workspace.'),
      raisedAt,
    })),
  });
}
