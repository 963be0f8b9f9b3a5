import { countedCorrections } from '../capture/countedCorrections';
import type { Correction, Session } from '../model/correction';
import type { Improvement } from '../model/improvement';
import type { Pattern, TrendSeries } from '../model/pattern';
import type { Template } from '../model/template';
import type { ValidationReport } from '../model/validation';
import type { Clock, Listing, Skipped, Store } from '../ports';
import type { ReportModel } from './reportModel';

export interface ReportRecords {
  readonly corrections: readonly Pick<Correction, 'correctionId'>[];
  readonly sessions: readonly Pick<Session, 'sessionId'>[];
  readonly patterns: readonly Pattern[];
  readonly trends: readonly TrendSeries[];
  readonly improvements: readonly Improvement[];
  readonly validationReports: readonly ValidationReport[];
  readonly templates: readonly Template[];
  readonly skipped: readonly Skipped[];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Pure: the same records and time give the same report. `generatedAt` is ISO 8601. */
export function buildReport(records: ReportRecords, generatedAt: string): ReportModel {
  const bins = new Map(records.trends.map((series) => [series.patternId, series.bins]));
  const paths = new Map(records.templates.map((template) => [template.templateId, template.path]));
  const pathOfAgent = new Map(records.templates.map((template) => [template.agentType, template.path]));
  const validations = new Map(records.validationReports.map((report) => [report.reportId, report]));

  const patterns = records.patterns
    .toSorted((a, b) => b.impact - a.impact || compareText(a.patternId, b.patternId))
    .map((pattern) => ({
      pattern,
      bins: bins.get(pattern.patternId) ?? [],
      promptPath: pathOfAgent.get(pattern.agentType),
    }));
  const improvements = records.improvements
    .toSorted(
      (a, b) => compareText(b.createdAt, a.createdAt) || compareText(a.improvementId, b.improvementId),
    )
    .map((improvement) => ({
      improvement,
      promptPath: paths.get(improvement.templateId),
      validation: improvement.validation && validations.get(improvement.validation.reportId),
    }));

  return {
    generatedAt,
    totals: {
      corrections: records.corrections.length,
      sessions: records.sessions.length,
      patterns: patterns.length,
      improvements: improvements.length,
    },
    patterns,
    improvements,
    skipped: records.skipped,
  };
}

/** Reads what the report shows from the store. */
export async function loadReport(store: Store, clock: Clock): Promise<ReportModel> {
  const [corrections, sessions] = await Promise.all([countedCorrections(store), store.readLog('sessions')]);
  const [patterns, trends, improvements, validationReports, templates] = await Promise.all([
    store.list('patterns'),
    store.list('trends'),
    store.list('improvements'),
    store.list('validationReports'),
    store.list('templates'),
  ]);
  const listings: readonly Listing<unknown>[] = [
    corrections,
    sessions,
    patterns,
    trends,
    improvements,
    validationReports,
    templates,
  ];
  return buildReport(
    {
      corrections: corrections.records,
      sessions: sessions.records,
      patterns: patterns.records,
      trends: trends.records,
      improvements: improvements.records,
      validationReports: validationReports.records,
      templates: templates.records,
      skipped: listings.flatMap((listing) => listing.skipped),
    },
    clock.now().toISOString(),
  );
}
