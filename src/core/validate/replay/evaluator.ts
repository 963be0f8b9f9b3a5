import type { Spending } from '../../languageModel/budget';
import type { PairPlan } from './replayPlan';
import type { ScoredPair } from './scorePair';

/** Lets both prompts meet a scenario and scores what came of it. May be asked about several pairs at once. */
export interface PairEvaluator {
  /** Names it in reports. */
  readonly id: string;
  readonly spending: Spending;
  /**
   * A run that fails or takes too long counts against its prompt; it does not throw.
   * @throws PipelineError where no further pair can be evaluated: BUDGET_EXCEEDED, CANCELLED, PERMISSION_DENIED, NOT_FOUND …
   */
  evaluate(
    plan: PairPlan,
    prompts: { readonly a: string; readonly b: string },
    signal: AbortSignal | undefined,
  ): Promise<ScoredPair>;
}
