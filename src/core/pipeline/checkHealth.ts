import { type CollectionName, collections, type LogName, logs } from '../model/collections';
import { schemaVersion } from '../model/common';
import type { Configuration } from '../model/configuration';
import type { Health, HealthStatus } from '../model/execution';
import type { Ports, Skipped } from '../ports';

type Component = Health['components'][number];
type Alert = Health['alerts'][number];
type Finding = { readonly component: Component; readonly alerts: readonly Alert[] };
type HealthPorts = Pick<Ports, 'store' | 'promptFiles' | 'clock' | 'hash'>;

const dayInMilliseconds = 86_400_000;
/** Worst first: the system is as well as its worst component. */
const byGravity: readonly HealthStatus[] = ['failing', 'degraded', 'unknown', 'healthy'];

const finding = (
  name: string,
  status: HealthStatus,
  detail: string,
  alerts: readonly Alert[] = [],
): Finding => ({
  component: { name, status, detail },
  alerts,
});

const unreadable = ({ path, line, reason }: Skipped): Alert => ({
  severity: 'warning',
  message: `${line > 0 ? `${path}:${line}` : path}: ${reason}`,
  remedy: 'The file is left as it is. Repair it, or delete it if it is not needed.',
});

/** Reads every collection and log once: are all records readable? */
async function checkStore({ store }: HealthPorts): Promise<Finding> {
  const skipped: Skipped[] = [];
  let records = 0;
  for (const name of Object.keys(collections) as CollectionName[]) {
    const listing = await store.list(name);
    records += listing.records.length;
    skipped.push(...listing.skipped);
  }
  for (const name of Object.keys(logs) as LogName[]) {
    const listing = await store.readLog(name);
    records += listing.records.length;
    skipped.push(...listing.skipped);
  }
  const detail = `${records} records, ${skipped.length} unreadable`;
  return finding('Store', skipped.length === 0 ? 'healthy' : 'degraded', detail, skipped.map(unreadable));
}

async function checkCapture({ store, clock }: HealthPorts, configuration: Configuration): Promise<Finding> {
  const { records } = await store.readLog('corrections');
  if (records.length === 0)
    return finding('CorrectionCapture', 'unknown', 'No corrections were imported yet.');
  const newest = records.reduce((latest, { timestamp }) => Math.max(latest, Date.parse(timestamp)), 0);
  const age = Math.max(0, Math.floor((clock.now().getTime() - newest) / dayInMilliseconds));
  const detail = `${records.length} corrections, the newest ${age} days old`;
  if (age <= configuration.correctionAnalysisDays) return finding('CorrectionCapture', 'healthy', detail);
  return finding('CorrectionCapture', 'healthy', detail, [
    {
      severity: 'info',
      message: `No correction for ${age} days.`,
      remedy: 'Import again if you worked with agents since.',
    },
  ]);
}

async function checkAnalysis({ store }: HealthPorts): Promise<Finding> {
  const { records } = await store.list('patterns');
  const status = records.length > 0 ? 'healthy' : 'unknown';
  return finding('PatternAnalyzer', status, `${records.length} patterns`);
}

async function checkImprovements({ store }: HealthPorts): Promise<readonly Finding[]> {
  const improvements = (await store.list('improvements')).records;
  const open = improvements.filter(({ status }) => status === 'proposed' || status === 'draft');
  const reports = (await store.list('validationReports')).records;
  const shipped = reports.filter(({ verdict }) => verdict === 'ship').length;
  return [
    finding(
      'PromptImprover',
      improvements.length > 0 ? 'healthy' : 'unknown',
      `${open.length} improvements to review`,
    ),
    finding(
      'PromptValidator',
      reports.length > 0 ? 'healthy' : 'unknown',
      `${reports.length} reports, ${shipped} with the verdict ship`,
    ),
  ];
}

const drift = (path: string, version: string, exists: boolean): Alert => ({
  severity: 'warning',
  message: exists
    ? `${path} no longer holds version ${version}.`
    : `${path} is gone; version ${version} was deployed there.`,
  remedy: exists
    ? 'Initialize again to record the outside edit as a version, then roll back if it was not meant.'
    : 'Put the file back from version control; its versions are kept.',
});

/** Does every file still hold what was deployed? */
async function checkTemplates({ store, promptFiles, hash }: HealthPorts): Promise<Finding> {
  const templates = (await store.list('templates')).records;
  const versions = new Map(
    (await store.list('versions')).records.map((version) => [version.versionId, version]),
  );
  const alerts: Alert[] = [];
  for (const { templateId, path, deployedVersion } of templates) {
    if (deployedVersion === null) continue;
    const version = versions.get(`${templateId}@${deployedVersion}`);
    const bytes = await promptFiles.read(path);
    if (version && bytes && hash.sha256(bytes) === version.contentHash) continue;
    alerts.push(drift(path, deployedVersion, bytes !== undefined));
  }
  const detail = `${templates.length} templates, ${alerts.length} not as deployed`;
  if (templates.length === 0)
    return finding('PromptTemplateManager', 'unknown', 'No prompt was adopted yet.');
  return finding('PromptTemplateManager', alerts.length === 0 ? 'healthy' : 'degraded', detail, alerts);
}

async function checkPipeline({ store }: HealthPorts): Promise<Finding> {
  const finished = (await store.list('executions')).records.filter(({ endedAt }) => endedAt !== null);
  const last = finished.sort((a, b) => a.startedAt.localeCompare(b.startedAt)).at(-1);
  if (!last) return finding('PromptImprovementPipeline', 'unknown', 'No run is finished yet.');
  const detail = `last run ${last.status} at ${last.endedAt}`;
  if (last.status === 'completed') return finding('PromptImprovementPipeline', 'healthy', detail);
  const alerts = last.stages.flatMap((stage): Alert[] =>
    stage.error
      ? [{ severity: 'error', message: `${stage.stage}: ${stage.error.message}`, remedy: stage.error.remedy }]
      : [],
  );
  return finding(
    'PromptImprovementPipeline',
    last.status === 'failed' ? 'failing' : 'degraded',
    detail,
    alerts,
  );
}

/** State of the system and each component, from records and checks alone. */
export async function checkHealth(ports: HealthPorts, configuration: Configuration): Promise<Health> {
  const findings = [
    await checkStore(ports),
    await checkCapture(ports, configuration),
    await checkAnalysis(ports),
    ...(await checkImprovements(ports)),
    await checkTemplates(ports),
    await checkPipeline(ports),
  ];
  const checkedAt = ports.clock.now().toISOString();
  const components = findings.map(({ component }) => component);
  return {
    schemaVersion,
    healthId: `health-${checkedAt.replace(/[^0-9TZ]/g, '')}`,
    checkedAt,
    status:
      byGravity.find((status) => components.some((component) => component.status === status)) ?? 'unknown',
    components,
    alerts: findings.flatMap(({ alerts }) => alerts),
  };
}
