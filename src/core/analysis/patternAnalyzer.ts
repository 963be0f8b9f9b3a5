import type { Configuration } from '../model/configuration';
import type { Correction, Session } from '../model/correction';
import type { Anomaly, Cluster, Pattern, TrendSeries } from '../model/pattern';
import type { Hash, Ports, Skipped } from '../ports';

export interface Assignment {
  readonly correctionId: string;
  readonly clusterId: string | null;
  readonly patternId: string | null;
}

export interface Analysis {
  /** Corrections in the window of days. */
  readonly corrections: number;
  readonly patterns: readonly Pattern[];
  readonly clusters: readonly Cluster[];
  readonly trends: readonly TrendSeries[];
  readonly anomalies: readonly Anomaly[];
  /** One for every correction read, also those outside the window. */
  readonly assignments: readonly Assignment[];
  readonly skipped: readonly Skipped[];
}

export interface AnalysisInput {
  readonly corrections: readonly Correction[];
  readonly sessions: readonly Session[];
  /** Patterns of the former run: a pattern keeps its id while its members overlap. */
  readonly knownPatterns: readonly Pattern[];
  readonly knownClusters: readonly Cluster[];
  /** Text of the prompt in force, by agent type. */
  readonly prompts: ReadonlyMap<string, string>;
  readonly configuration: Configuration;
  /** Overrides `correctionAnalysisDays`. */
  readonly days?: number;
  readonly agentTypes?: readonly string[];
}

/** Pure: the same input gives the same analysis. */
export function analyzeCorrections(_input: AnalysisInput, _hash: Hash, _signal?: AbortSignal): Analysis {
  throw new Error('stub');
}

export interface AnalyzeOptions {
  readonly agentTypes?: readonly string[];
  readonly days?: number;
  readonly signal?: AbortSignal;
}

/** Reads the stored corrections, finds what recurs, and stores patterns, clusters and trends. */
export class PatternAnalyzer {
  constructor(
    readonly ports: Pick<Ports, 'store' | 'promptFiles' | 'hash' | 'log'>,
    readonly configuration: Configuration,
  ) {}

  async analyze(_options: AnalyzeOptions): Promise<Analysis> {
    throw new Error('stub');
  }
}
