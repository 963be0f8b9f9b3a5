import type { DecisionRule, Experiment, ExperimentEnd, ExperimentStage } from '../model/experiment';
import type { CanaryScope } from './canaryPlace';

export interface CanaryOptions {
  /** Version to try; default: the newest accepted one that waits. */
  readonly candidate?: string;
  /** Which settings of Claude Code get the hook; default: the person's own. */
  readonly scope?: CanaryScope;
  /** Assignments are only noted; no twin is written. */
  readonly dryRun?: boolean;
  readonly promotesItself?: boolean;
  /** What differs from the defaults. */
  readonly rule?: Partial<DecisionRule>;
  readonly stages?: readonly ExperimentStage[];
  /** Patterns that the candidate addresses; default: those of the edits that it brings. */
  readonly patternIds?: readonly string[];
}

/** A change of one file, to be shown before it is made; null for no file. `path` is relative to the workspace. */
export interface PlannedFile {
  readonly path: string;
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
}

/** What starting would do. Nothing of it is written yet. */
export interface CanaryPlan {
  readonly experiment: Experiment;
  readonly options: CanaryOptions;
  readonly files: readonly PlannedFile[];
  /** The text that sessions get added; only of the mode `instructions`. */
  readonly addition: Uint8Array | null;
  /** What a person should know before they agree; a sentence each. */
  readonly notes: readonly string[];
}

export interface PromoteOptions {
  readonly reason: string;
  /** Nobody asked for it. */
  readonly automatic?: boolean;
  /** Default: `request`. */
  readonly cause?: Extract<ExperimentEnd['cause'], 'superior' | 'not-worse' | 'request'>;
  /** The figures at that moment. */
  readonly inputs?: ExperimentEnd['inputs'];
}

export interface EndOptions {
  /** `time-over` ends as inconclusive, every other cause as rolled back. */
  readonly cause: Exclude<ExperimentEnd['cause'], 'superior' | 'not-worse'>;
  readonly reason: string;
  readonly automatic?: boolean;
  readonly inputs?: ExperimentEnd['inputs'];
}

/** How an experiment ended, and what could not be put back as it was because others changed it; a sentence each. */
export interface CanaryEnd {
  readonly experiment: Experiment;
  readonly notes: readonly string[];
}
