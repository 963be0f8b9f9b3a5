import type { AnalysisRequest } from '../core/analysis/analysisRunner';
import type { Analysis } from '../core/analysis/analyzeTable';
import type { ErrorCode } from '../core/errors';
import type { Configuration } from '../core/model/configuration';
import type { Cluster, Pattern, TrendSeries } from '../core/model/pattern';

/** What the thread of the analysis is told at its start. */
export interface WorkerStart {
  readonly root: string;
  readonly overrides: Partial<Configuration>;
  readonly home: string | undefined;
}

export interface WorkerRequest {
  readonly id: number;
  readonly request: AnalysisRequest;
}

/** Everything of an analysis but its long lists. */
export type Remainder = Omit<Analysis, 'patterns' | 'clusters' | 'trends' | 'assignments'>;

/** Answers come in parts, since taking over one great message would hold up the thread that takes it. */
export type WorkerAnswer =
  | { readonly id: number; readonly type: 'patterns'; readonly records: readonly Pattern[] }
  | { readonly id: number; readonly type: 'clusters'; readonly records: readonly Cluster[] }
  | { readonly id: number; readonly type: 'trends'; readonly records: readonly TrendSeries[] }
  | { readonly id: number; readonly type: 'done'; readonly rest: Remainder }
  | {
      readonly id: number;
      readonly type: 'failed';
      /** An expected failure; anything else is thrown and ends the thread. */
      readonly error: {
        readonly code: ErrorCode;
        readonly message: string;
        readonly subject: string;
        readonly remedy: string;
      };
    };
