import type { PatternAnalyzer } from '../core/analysis/patternAnalyzer';
import type { CorrectionCapture } from '../core/capture/correctionCapture';
import type { PromptImprover } from '../core/improve/promptImprover';
import type { Configuration } from '../core/model/configuration';
import type { Health } from '../core/model/execution';
import type { PromptImprovementPipeline } from '../core/pipeline/promptImprovementPipeline';
import type { Log, Ports } from '../core/ports';
import type { ImprovementReview } from '../core/review/improvementReview';
import type { PromptTemplateManager } from '../core/templates/promptTemplateManager';
import type { PromptValidator } from '../core/validate/promptValidator';

export interface OpenOptions {
  readonly log: Log;
  /** A fixed clock, for runs that must repeat exactly. */
  readonly now?: Date;
  readonly seed?: number;
  /** Settings that take precedence over `config.json`. */
  readonly overrides?: Partial<Configuration>;
}

/** One workspace with its components wired to the file system. */
export interface Workspace {
  /** Absolute path of the folder that holds `.claude-pm/`. */
  readonly root: string;
  readonly configuration: Configuration;
  readonly ports: Ports;
  readonly capture: CorrectionCapture;
  readonly analyzer: PatternAnalyzer;
  readonly improver: PromptImprover;
  readonly validator: PromptValidator;
  readonly templates: PromptTemplateManager;
  readonly review: ImprovementReview;
  readonly pipeline: PromptImprovementPipeline;
  /** Checks the records and every component, and keeps the finding. */
  health(): Promise<Health>;
  /** Releases locks. */
  close(): Promise<void>;
}

/** @throws PipelineError INVALID_CONFIGURATION (with file and line), PERMISSION_DENIED */
export async function openWorkspace(_root: string, _options: OpenOptions): Promise<Workspace> {
  throw new Error('stub');
}
