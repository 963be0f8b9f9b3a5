import { probePrefix } from '../health/checks/store';
import type { Listing, Ports, Skipped } from '../ports';
import { buildMonitoring, type Monitoring } from './buildMonitoring';
import { readTargets } from './loadDeploymentDashboard';

export interface LoadedMonitoring {
  readonly monitoring: Monitoring;
  /** Records that could not be read. */
  readonly skipped: readonly Skipped[];
}

/** Reads what the dashboard rests on, each collection once, and every target's file; writes nothing. */
export async function loadMonitoring(
  ports: Pick<Ports, 'store' | 'promptFiles' | 'hash' | 'clock'>,
): Promise<LoadedMonitoring> {
  const { store, clock } = ports;
  const executions = await store.list('executions');
  const reports = await store.list('validationReports');
  const alerts = await store.list('alerts');
  const observations = await store.list('observations');
  const health = await store.list('health');
  const corrections = await store.readLog('corrections');
  const audit = await store.readLog('audit');
  const { skipped, ...targets } = await readTargets(ports);
  const monitoring = buildMonitoring(
    {
      ...targets,
      executions: executions.records,
      reports: reports.records,
      alerts: alerts.records,
      observations: observations.records,
      health: health.records.filter(({ healthId }) => !healthId.startsWith(probePrefix)),
      corrections: corrections.records,
      audit: audit.records,
    },
    clock.now().getTime(),
  );
  const listings: readonly Listing<unknown>[] = [
    executions,
    reports,
    alerts,
    observations,
    health,
    corrections,
    audit,
  ];
  return { monitoring, skipped: [...skipped, ...listings.flatMap((listing) => listing.skipped)] };
}
