import type { EvidenceTier, Verdict } from '../../model/common';
import type { DeploymentDecision, Execution, ExecutionResult, StageRecord } from '../../model/execution';

/** A group of like corrections in the window, and why it is a pattern or none. */
export interface ExplainedGroup {
  readonly title: string;
  readonly corrections: number;
  readonly sessions: number;
  /** In [0, 1]. */
  readonly confidence: number;
  /** null: it is a pattern. */
  readonly whyNot: string | null;
}

/** What an analysis with other limits finds; it was really made. */
export interface ExplainedStep {
  /** Of `patternDetectionThreshold`. */
  readonly threshold: number;
  readonly days: number;
  readonly patterns: number;
  /** Titles of the patterns that the limits in force do not admit. */
  readonly more: readonly string[];
  /** These are the limits in force. */
  readonly inForce: boolean;
}

export interface ExplainedAgent {
  readonly agentType: string;
  /** Corrections in the window. */
  readonly corrections: number;
  readonly patterns: number;
  readonly groups: readonly ExplainedGroup[];
  /** Corrections of the window that are like no other. */
  readonly alone: number;
  readonly steps: readonly ExplainedStep[];
  /** What was considered for an improvement in the run, and is not proposed. */
  readonly dropped: NonNullable<StageRecord['dropped']>;
}

export interface ExplainedValidation {
  readonly improvementId: string;
  readonly agentType: string;
  readonly status: string;
  readonly confidence: number;
  /** null: no validation of it is stored. */
  readonly verdict: Verdict | null;
  readonly tier: EvidenceTier | null;
  readonly pairs: number;
  /** Pairs that are missing to the minimum, and for 80% power at the effect seen where one was; null: not validated. */
  readonly missingPairs: number | null;
  readonly reasons: readonly string[];
  /** Scenarios that do not help, each by its task. */
  readonly weak: {
    /** Passed with the old prompt and fail with the new one. */
    readonly lost: readonly string[];
    readonly failUnderBoth: readonly string[];
    /** Answers flip between repeats. Known of the replay tier. */
    readonly unsteady: readonly string[];
  };
}

export interface ExplainedTarget {
  readonly templateId: string;
  readonly agentType: string;
  readonly path: string;
  /** Tool and kind of the prompt file, as its path says; null where no tool is known to read one there. */
  readonly format: string | null;
  readonly deployedVersion: string | null;
  readonly currentVersion: string;
  /** What stands in the way of a deployment now; empty: nothing. */
  readonly trouble: readonly string[];
}

/** Why the last run gave what it gave. */
export interface Explanation {
  readonly execution: Pick<Execution, 'executionId' | 'trigger' | 'status' | 'startedAt' | 'endedAt'> & {
    /** Where it is, or was interrupted; null once it has ended. */
    readonly at: string | null;
  };
  readonly result: ExecutionResult | null;
  readonly timings: readonly (Pick<StageRecord, 'stage' | 'agentType' | 'status' | 'counts'> & {
    readonly seconds: number;
  })[];
  /** Seconds. */
  readonly pipelineTimeout: number;
  readonly failures: NonNullable<ExecutionResult['failures']>;
  readonly limits: {
    readonly days: number;
    readonly patternDetectionThreshold: number;
    readonly improvementConfidenceThreshold: number;
  };
  readonly agents: readonly ExplainedAgent[];
  /** Of the open hunks: how many pass each `improvementConfidenceThreshold`. */
  readonly hunksAt: readonly { readonly threshold: number; readonly hunks: number }[];
  readonly validations: readonly ExplainedValidation[];
  readonly autoDeploymentEnabled: boolean;
  readonly decisions: readonly DeploymentDecision[];
  readonly targets: readonly ExplainedTarget[];
}
