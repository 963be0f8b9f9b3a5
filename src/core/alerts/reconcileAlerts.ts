import type { Alert } from '../model/alert';
import type { AlertsSetting } from '../model/alertRules';
import type { Ports } from '../ports';
import { newAlert, seenAgain } from './alertRecords';
import type { RuleEvidence } from './alertRule';
import { alertRules } from './registry';

export type AlertPorts = Pick<Ports, 'store' | 'audit' | 'clock' | 'hash'>;

export interface Reconciled {
  /** Those that hold now, the gravest and newest first. */
  readonly open: readonly Alert[];
  readonly raised: readonly Alert[];
  readonly resolved: readonly Alert[];
}

const dayInMilliseconds = 86_400_000;
const gravity: Readonly<Record<Alert['severity'], number>> = { error: 0, warning: 1, info: 2 };

export function inOrderOfGravity(alerts: readonly Alert[]): readonly Alert[] {
  return alerts.toSorted(
    (a, b) =>
      gravity[a.severity] - gravity[b.severity] ||
      (a.raisedAt === b.raisedAt ? (a.alertId < b.alertId ? -1 : 1) : a.raisedAt < b.raisedAt ? 1 : -1),
  );
}

/**
 * Makes the alerts' records say what the rules say now: raises what is new, once, whoever sees it first; closes what no longer holds; forgets
 * what was closed long ago. Alerts of rules that are not evaluated here are left as they are.
 * @throws PipelineError LOCKED, PERMISSION_DENIED, STORAGE_FAILED
 */
export function reconcileAlerts(
  ports: AlertPorts,
  settings: AlertsSetting,
  evidence: RuleEvidence,
): Promise<Reconciled> {
  const { store, clock, hash } = ports;
  const results = alertRules.map((apply) => apply(evidence, settings.rules));
  const evaluated: ReadonlySet<string> = new Set(results.map(({ rule }) => rule));
  return store.exclusive(async () => {
    const now = clock.now().toISOString();
    const seen = new Map(
      results
        .flatMap(({ rule, conditions }) =>
          conditions.map((each) => newAlert(hash, rule, settings.rules, each, now)),
        )
        .map((alert) => [alert.alertId, alert]),
    );
    const known = (await store.list('alerts')).records;
    const open: Alert[] = known.filter(({ rule, resolvedAt }) => resolvedAt === null && !evaluated.has(rule));
    const [raised, resolved]: [Alert[], Alert[]] = [[], []];
    for (const alert of seen.values()) {
      const before = known.find(({ alertId }) => alertId === alert.alertId);
      if (before?.resolvedAt === null) {
        const after = seenAgain(before, alert);
        if (after !== before) await store.put('alerts', after);
        open.push(after);
        continue;
      }
      await write(ports, 'alert.raised', alert);
      raised.push(alert);
      open.push(alert);
    }
    for (const alert of known) {
      if (alert.resolvedAt !== null || !evaluated.has(alert.rule) || seen.has(alert.alertId)) continue;
      const closed = { ...alert, resolvedAt: now };
      await write(ports, 'alert.resolved', closed);
      resolved.push(closed);
    }
    await forgetOld(ports, known, settings.keepResolvedDays);
    return { open: inOrderOfGravity(open), raised, resolved };
  });
}

async function write({ store, audit }: AlertPorts, action: string, alert: Alert): Promise<void> {
  await store.put('alerts', alert);
  await audit.record(action, alert.alertId, { rule: alert.rule, about: alert.subject });
}

async function forgetOld(
  { store, audit, clock }: AlertPorts,
  known: readonly Alert[],
  days: number,
): Promise<void> {
  const before = clock.now().getTime() - days * dayInMilliseconds;
  const old = known.filter(({ resolvedAt }) => resolvedAt !== null && Date.parse(resolvedAt) < before);
  for (const { alertId } of old) await store.remove('alerts', alertId);
  if (old.length > 0) await audit.record('alerts.forgotten', `${old.length}`, { days });
}
