import type { CanaryWatch } from '../canary/canaryWatch';
import { loadMonitoring } from '../monitoring/loadMonitoring';
import type { Listing, Ports, Skipped, Store } from '../ports';
import { buildReport, reportImprovements, reportPatterns } from './buildReport';
import type { ReportImprovement, ReportModel, ReportPattern } from './reportModel';

type Reading = Pick<Store, 'get' | 'list' | 'readLog'>;

export interface Loaded<T> {
  readonly records: readonly T[];
  readonly skipped: readonly Skipped[];
}

function skippedIn(listings: readonly Listing<unknown>[]): readonly Skipped[] {
  return listings.flatMap((listing) => listing.skipped);
}

async function patternListings(store: Reading) {
  const templates = await store.list('templates');
  const decisions = await store.list('patternDecisions');
  const patterns = await store.list('patterns');
  return { templates, decisions, patterns };
}

/** What several parts read is named once. */
function distinct(skipped: readonly Skipped[]): readonly Skipped[] {
  return [...new Map(skipped.map((one) => [`${one.path}:${one.line}`, one])).values()];
}

/** As many as a window can show before the rest is read. */
const firstPatterns = 100;

type PatternListings = Awaited<ReturnType<typeof patternListings>>;

async function mostWeighty(
  store: Reading,
  { patterns, templates, decisions }: PatternListings,
): Promise<readonly ReportPattern[]> {
  const first = patterns.records.toSorted((a, b) => b.impact - a.impact).slice(0, firstPatterns);
  // What cannot be read is named when all of them are listed.
  const trends = await Promise.all(
    first.map(({ patternId }) => store.get('trends', patternId).catch(() => undefined)),
  );
  return reportPatterns({
    patterns: first,
    trends: trends.filter((series) => series !== undefined),
    templates: templates.records,
    decisions: decisions.records,
  });
}

/**
 * Patterns with their series: what the list and the details show. Of many, `onFirst` gets the most weighty before the series of all
 * are read.
 */
export async function loadPatterns(
  store: Reading,
  onFirst?: (patterns: readonly ReportPattern[]) => void,
): Promise<Loaded<ReportPattern>> {
  const listings = await patternListings(store);
  const { patterns, templates, decisions } = listings;
  if (onFirst && patterns.records.length > firstPatterns) onFirst(await mostWeighty(store, listings));
  const trends = await store.list('trends');
  return {
    records: reportPatterns({
      patterns: patterns.records,
      trends: trends.records,
      templates: templates.records,
      decisions: decisions.records,
    }),
    skipped: skippedIn([patterns, trends, templates, decisions]),
  };
}

export async function loadImprovements(store: Reading): Promise<Loaded<ReportImprovement>> {
  const improvements = await store.list('improvements');
  const validationReports = await store.list('validationReports');
  const templates = await store.list('templates');
  return {
    records: reportImprovements({
      improvements: improvements.records,
      validationReports: validationReports.records,
      templates: templates.records,
    }),
    skipped: skippedIn([improvements, validationReports]),
  };
}

/**
 * How many corrections count and how many sessions were read. The store keeps what it has read of its logs, so that counting
 * again costs what came since.
 */
export async function loadCounts(store: Pick<Store, 'readLog'>): Promise<{
  readonly corrections: number;
  readonly sessions: number;
  readonly skipped: readonly Skipped[];
}> {
  const corrections = await store.readLog('corrections');
  const sessions = await store.readLog('sessions');
  let counted = 0;
  for (const { edited } of corrections.records) counted += edited?.dismissed === true ? 0 : 1;
  return {
    corrections: counted,
    sessions: sessions.records.length,
    skipped: skippedIn([corrections, sessions]),
  };
}

/** All that a report as a file shows. @param watch looks at the experiments; without it the report has none */
export async function loadReport(
  ports: Pick<Ports, 'store' | 'clock' | 'promptFiles' | 'hash'>,
  watch?: Pick<CanaryWatch, 'look'>,
): Promise<ReportModel> {
  const { store, clock } = ports;
  const counts = await loadCounts(store);
  const { patterns, templates, decisions } = await patternListings(store);
  const trends = await store.list('trends');
  const clusters = await store.list('clusters');
  const improvements = await store.list('improvements');
  const validationReports = await store.list('validationReports');
  const looked = await watch?.look();
  const { monitoring, skipped } = await loadMonitoring(ports);
  const listings = [patterns, trends, templates, decisions, clusters, improvements, validationReports];
  return buildReport(
    {
      counts: { corrections: counts.corrections, sessions: counts.sessions },
      patterns: patterns.records,
      trends: trends.records,
      templates: templates.records,
      decisions: decisions.records,
      clusters: clusters.records,
      improvements: improvements.records,
      validationReports: validationReports.records,
      ...(looked === undefined ? {} : { experiments: looked.statuses }),
      monitoring,
      skipped: distinct([...counts.skipped, ...skippedIn(listings), ...skipped, ...(looked?.skipped ?? [])]),
    },
    clock.now().toISOString(),
  );
}
