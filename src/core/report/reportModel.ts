import type { ExperimentStatus } from '../canary/canaryWatch';
import type { Improvement, PatternDecision } from '../model/improvement';
import type { Cluster, Pattern, TrendSeries } from '../model/pattern';
import type { ValidationReport } from '../model/validation';
import type { Monitoring } from '../monitoring/buildMonitoring';
import type { Skipped } from '../ports';

export interface ReportPattern {
  readonly pattern: Pattern;
  /** Weeks, forecast and unusual weeks; undefined where no trend was stored. */
  readonly series: TrendSeries | undefined;
  /** File of the agent's prompt, where one is managed. */
  readonly promptPath: string | undefined;
  /** What was decided about it, where something was. */
  readonly decision: PatternDecision['state'] | undefined;
}

export interface ReportImprovement {
  readonly improvement: Improvement;
  readonly promptPath: string | undefined;
  /** The A/B result, where the improvement was validated. */
  readonly validation: ValidationReport | undefined;
}

/** How much was read. */
export interface Totals {
  /** Corrections that count: all that nobody dismissed. */
  readonly corrections: number;
  readonly sessions: number;
  readonly patterns: number;
  readonly improvements: number;
}

/** Everything that a report shows. */
export interface ReportModel {
  /** ISO 8601 time at which the records were read. */
  readonly generatedAt: string;
  readonly totals: Totals;
  /** The most weighty pattern first. */
  readonly patterns: readonly ReportPattern[];
  readonly clusters: readonly Cluster[];
  /** Newest first. */
  readonly improvements: readonly ReportImprovement[];
  /** As they were looked at; left out where nobody looked. The running ones first, then the newest. */
  readonly experiments?: readonly ExperimentStatus[] | undefined;
  /** Left out where only patterns and improvements were read. */
  readonly monitoring?: Monitoring | undefined;
  /** Records that could not be read. */
  readonly skipped: readonly Skipped[];
}
