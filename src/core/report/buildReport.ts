import type { ExperimentStatus } from '../canary/canaryWatch';
import type { Improvement, PatternDecision } from '../model/improvement';
import type { Cluster, Pattern, TrendSeries } from '../model/pattern';
import type { Template } from '../model/template';
import type { ValidationReport } from '../model/validation';
import type { Monitoring } from '../monitoring/buildMonitoring';
import type { Skipped } from '../ports';
import type { ReportImprovement, ReportModel, ReportPattern } from './reportModel';

export interface PatternRecords {
  readonly patterns: readonly Pattern[];
  readonly trends: readonly TrendSeries[];
  readonly templates: readonly Template[];
  readonly decisions: readonly PatternDecision[];
}

export interface ImprovementRecords {
  readonly improvements: readonly Improvement[];
  readonly validationReports: readonly ValidationReport[];
  readonly templates: readonly Template[];
}

export interface ReportRecords extends PatternRecords, ImprovementRecords {
  readonly counts: { readonly corrections: number; readonly sessions: number };
  readonly clusters: readonly Cluster[];
  readonly experiments?: readonly ExperimentStatus[];
  readonly monitoring?: Monitoring;
  readonly skipped: readonly Skipped[];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Patterns with what belongs to them, the most weighty first. */
export function reportPatterns(records: PatternRecords): readonly ReportPattern[] {
  const series = new Map(records.trends.map((trend) => [trend.patternId, trend]));
  const pathOfAgent = new Map(records.templates.map((template) => [template.agentType, template.path]));
  const decisions = new Map(records.decisions.map((decision) => [decision.patternId, decision.state]));
  return records.patterns
    .toSorted((a, b) => b.impact - a.impact || compareText(a.patternId, b.patternId))
    .map((pattern) => ({
      pattern,
      series: series.get(pattern.patternId),
      promptPath: pathOfAgent.get(pattern.agentType),
      decision: decisions.get(pattern.patternId),
    }));
}

/** Improvements with their A/B results, the newest first. */
export function reportImprovements(records: ImprovementRecords): readonly ReportImprovement[] {
  const paths = new Map(records.templates.map((template) => [template.templateId, template.path]));
  const validations = new Map(records.validationReports.map((report) => [report.reportId, report]));
  return records.improvements
    .toSorted(
      (a, b) => compareText(b.createdAt, a.createdAt) || compareText(a.improvementId, b.improvementId),
    )
    .map((improvement) => ({
      improvement,
      promptPath: paths.get(improvement.templateId),
      validation: improvement.validation && validations.get(improvement.validation.reportId),
    }));
}

/** Pure: the same records and time give the same report. `generatedAt` is ISO 8601. */
export function buildReport(records: ReportRecords, generatedAt: string): ReportModel {
  const patterns = reportPatterns(records);
  const improvements = reportImprovements(records);
  return {
    generatedAt,
    totals: { ...records.counts, patterns: patterns.length, improvements: improvements.length },
    patterns,
    clusters: records.clusters,
    improvements,
    experiments: records.experiments,
    monitoring: records.monitoring,
    skipped: records.skipped,
  };
}
