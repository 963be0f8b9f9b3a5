import type { Analysis } from '../analysis/patternAnalyzer';
import type { ImportSummary } from '../capture/correctionCapture';
import type { Execution, ExecutionResult } from '../model/execution';
import type { Improvement } from '../model/improvement';
import type { ValidationReport } from '../model/validation';
import type { Progress } from '../progress';

export interface RunOptions {
  readonly agentTypes?: readonly string[];
  readonly patternIds?: readonly string[];
  readonly trigger: Execution['trigger'];
  /** Leave out the capture stage. */
  readonly skipCapture?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface RunOutcome {
  readonly execution: Execution;
  readonly result: ExecutionResult;
  readonly capture: ImportSummary | undefined;
  readonly analysis: Analysis | undefined;
  readonly improvements: readonly Improvement[];
  readonly reports: readonly ValidationReport[];
}

export class PromptImprovementPipeline {
  async run(_options: RunOptions): Promise<RunOutcome> {
    throw new Error('stub');
  }
}
