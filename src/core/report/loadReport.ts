import type { Clock, Listing, Skipped, Store } from '../ports';
import { buildReport, reportImprovements, reportPatterns } from './buildReport';
import type { ReportImprovement, ReportModel, ReportPattern } from './reportModel';

type Reading = Pick<Store, 'list' | 'readLog'>;

export interface Loaded<T> {
  readonly records: readonly T[];
  readonly skipped: readonly Skipped[];
}

function skippedIn(listings: readonly Listing<unknown>[]): readonly Skipped[] {
  return listings.flatMap((listing) => listing.skipped);
}

async function patternListings(store: Reading) {
  const patterns = await store.list('patterns');
  const trends = await store.list('trends');
  const templates = await store.list('templates');
  const decisions = await store.list('patternDecisions');
  return { patterns, trends, templates, decisions };
}

/** Patterns with their series: what the list and the details show. */
export async function loadPatterns(store: Reading): Promise<Loaded<ReportPattern>> {
  const { patterns, trends, templates, decisions } = await patternListings(store);
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

/** All that a report as a file shows. */
export async function loadReport(store: Reading, clock: Clock): Promise<ReportModel> {
  const counts = await loadCounts(store);
  const { patterns, trends, templates, decisions } = await patternListings(store);
  const clusters = await store.list('clusters');
  const improvements = await store.list('improvements');
  const validationReports = await store.list('validationReports');
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
      skipped: [...counts.skipped, ...skippedIn(listings)],
    },
    clock.now().toISOString(),
  );
}
