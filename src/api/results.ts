import type { Analysis } from '../core/analysis/analyzeTable';
import type { Impact } from '../core/deploy/impact';
import type { Rollout } from '../core/deploy/rollOut';
import type { Correction } from '../core/model/correction';
import type { DeploymentDashboard } from '../core/monitoring/deploymentDashboard';
import type { RunAnswer } from '../core/pipeline/runAnswer';
import type { Skipped } from '../core/ports';

export interface PipelineResult extends RunAnswer {
  /** What could not be read, each with its place and reason. */
  readonly skipped: readonly Skipped[];
}

/** A run that was asked for something; `at` is the stage it is in. */
export interface AskedRun {
  readonly executionId: string;
  readonly asked: 'pause' | 'go-on' | 'cancel';
  readonly at: string;
}

export interface RolloutResult extends Rollout {
  /** What it meant for agents, sections and token costs, as it was planned. */
  readonly impact: Impact;
}

export interface RecordedCorrection {
  readonly correctionId: string;
  /** As it was kept: redacted. */
  readonly correction: Correction;
  /** Names of fields that were missing. */
  readonly filledIn: readonly string[];
}

export interface DashboardResult extends DeploymentDashboard {
  /** Records that could not be read. */
  readonly skipped: readonly Skipped[];
}

/** Of `corrections` that were counted. */
export type Patterns = Pick<Analysis, 'corrections' | 'patterns' | 'clusters' | 'anomalies' | 'skipped'>;
