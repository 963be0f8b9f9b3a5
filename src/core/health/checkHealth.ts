import type { Reconciled } from '../alerts/reconcileAlerts';
import { reconcileAlerts } from '../alerts/reconcileAlerts';
import type { CorrectionSource } from '../capture/correctionSource';
import { isPipelineError } from '../errors';
import type { Alert } from '../model/alert';
import { schemaVersion } from '../model/common';
import type { Configuration } from '../model/configuration';
import type { Health, HealthAlert } from '../model/execution';
import type { Ports } from '../ports';
import type { HealthContext, HealthProbes, ModelProbe, WebhookState } from './healthCheck';
import { forgetOldHealth, newestHealth } from './healthHistory';
import { HealthRecords } from './healthRecords';
import { evidenceOf } from './ruleEvidence';
import { type CheckedComponents, checksNamed, runChecks, worst } from './runChecks';

export interface HealthOptions {
  /** Names of components to check; all of them without. Only a check of all evaluates the rules and is kept. */
  readonly checks?: readonly string[];
  readonly model?: ModelProbe | undefined;
  readonly webhook?: WebhookState | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface HealthDependencies {
  readonly ports: Pick<Ports, 'store' | 'promptFiles' | 'clock' | 'hash' | 'cache' | 'audit' | 'log'>;
  readonly configuration: Configuration;
  readonly probes: HealthProbes;
  readonly sources: readonly CorrectionSource[];
}

/** So many alerts stand in a kept record; the answer holds all. */
const mostKept = 100;

/**
 * The state of the system and of each component, each proved by something small and real; then the rules: alerts are raised and closed.
 * What cannot be kept, as on a disk that is full, is in the answer all the same.
 * @throws PipelineError NOT_FOUND for an unknown component, CANCELLED
 */
export async function checkHealth(
  dependencies: HealthDependencies,
  options: HealthOptions = {},
): Promise<Health> {
  const { ports, configuration, probes, sources } = dependencies;
  const { checks = [], model, webhook, signal } = options;
  const records = new HealthRecords(ports.store);
  const context: HealthContext = { ports, configuration, probes, sources, model, webhook, records, signal };
  const before = newestHealth((await records.list('health')).records);
  const checked = await runChecks(checksNamed(checks), context, before?.components ?? []);
  const checkedAt = ports.clock.now().toISOString();
  const health: Health = {
    schemaVersion,
    healthId: `health-${checkedAt.replace(/[^0-9TZ]/g, '')}`,
    checkedAt,
    status: worst(checked.components),
    components: [...checked.components],
    alerts: [],
  };
  if (checks.length > 0) return health;
  const kept: HealthAlert[] = [];
  const reconciled = await orTold(kept, 'The alerts could not be kept', async () =>
    reconcileAlerts(ports, configuration.alerts, await evidenceOf(records, checked, ports.clock.now())),
  );
  const alerts = [...kept, ...alertsOf(reconciled, checked)];
  await orTold(alerts, 'This check of health could not be kept', async () => {
    await ports.store.put('health', { ...health, alerts: alerts.slice(0, mostKept) });
    await forgetOldHealth(ports, (await records.list('health')).records);
  });
  return { ...health, alerts };
}

/** A failure to write is itself news, and no reason to say nothing else. */
async function orTold<T>(
  alerts: HealthAlert[],
  what: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!isPipelineError(error)) throw error;
    alerts.unshift({ severity: 'error', message: `${what}: ${error.message}`, remedy: error.remedy });
    return undefined;
  }
}

/** Open alerts, then every unreadable record that has none of its own. */
function alertsOf(
  reconciled: Reconciled | undefined,
  { observations }: CheckedComponents,
): readonly HealthAlert[] {
  const open = (reconciled?.open ?? []).map(shown);
  const told = new Set(open.map(({ message }) => message));
  const unreadable = observations.flatMap((each): HealthAlert[] => {
    if (each.kind !== 'unreadable') return [];
    const { path, line, reason } = each;
    const message = `${line > 0 ? `${path}:${line}` : path}: ${reason}`;
    const remedy = 'The file is left as it is. Repair it, or delete it if it is not needed.';
    return told.has(message) ? [] : [{ severity: 'warning', message, remedy }];
  });
  return [...open, ...unreadable];
}

function shown({ severity, message, remedy, alertId, rule, subject, raisedAt }: Alert): HealthAlert {
  return { severity, message, remedy, alertId, rule, subject, raisedAt };
}
