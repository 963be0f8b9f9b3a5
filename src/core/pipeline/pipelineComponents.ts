import type { PatternAnalyzer } from '../analysis/patternAnalyzer';
import type { CorrectionCapture } from '../capture/correctionCapture';
import type { PromptImprover } from '../improve/promptImprover';
import type { Health } from '../model/execution';
import type { EffectObserver } from '../observe/effectObserver';
import type { ImprovementReview } from '../review/improvementReview';
import type { PromptTemplateManager } from '../templates/promptTemplateManager';
import type { PromptValidator } from '../validate/promptValidator';
import type { RunSupport } from './runSupport';

/** What the pipeline runs. */
export interface PipelineComponents {
  readonly capture: CorrectionCapture;
  readonly analyzer: PatternAnalyzer;
  readonly improver: PromptImprover;
  readonly validator: PromptValidator;
  readonly templates: PromptTemplateManager;
  readonly review: ImprovementReview;
  readonly observer: EffectObserver;
  readonly health: () => Promise<Health>;
  readonly support: RunSupport;
}
