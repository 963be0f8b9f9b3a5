import type { Improvement } from '../model/improvement';
import type { Pattern, TrendSeries } from '../model/pattern';
import type { ValidationReport } from '../model/validation';
import type { Skipped } from '../ports';

export interface ReportPattern {
  readonly pattern: Pattern;
  /** Weekly counts over the whole history, oldest first; empty where no trend was stored. */
  readonly bins: TrendSeries['bins'];
  /** File of the agent's prompt, where one is managed. */
  readonly promptPath: string | undefined;
}

export interface ReportImprovement {
  readonly improvement: Improvement;
  readonly promptPath: string | undefined;
  /** The A/B result, where the improvement was validated. */
  readonly validation: ValidationReport | undefined;
}

/** Everything that the report page shows. */
export interface ReportModel {
  /** ISO 8601 time at which the records were read. */
  readonly generatedAt: string;
  readonly totals: {
    readonly corrections: number;
    readonly sessions: number;
    readonly patterns: number;
    readonly improvements: number;
  };
  /** The most weighty pattern first. */
  readonly patterns: readonly ReportPattern[];
  /** Newest first. */
  readonly improvements: readonly ReportImprovement[];
  /** Records that could not be read. */
  readonly skipped: readonly Skipped[];
}
