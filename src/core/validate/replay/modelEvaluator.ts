import type { CheckTools } from '../../scenarios/checks/check';
import type { ReplayModel } from './askModel';
import type { PairEvaluator } from './evaluator';
import { type AnswerSettings, questionFor } from './replayPlan';
import { scorePair } from './scorePair';

export interface ModelEvaluatorOptions {
  readonly model: ReplayModel;
  readonly judge: ReplayModel;
  readonly settings: AnswerSettings;
  readonly tools: CheckTools;
}

/** A model, or an agent behind the same port, answers as both prompts; the scenario's checks score the answers. */
export function modelEvaluator({ model, judge, settings, tools }: ModelEvaluatorOptions): PairEvaluator {
  return {
    id: model.id,
    get spending() {
      return model.spending;
    },
    evaluate: async (plan, prompts, signal) => {
      const ask = (side: 'a' | 'b') => model.ask(questionFor(prompts[side], plan, settings), signal);
      // One after the other, so that concurrency counts questions.
      const former = await ask(plan.first);
      const latter = await ask(plan.first === 'a' ? 'b' : 'a');
      const [a, b] = plan.first === 'a' ? [former, latter] : [latter, former];
      return scorePair(
        { scenario: plan.scenario, a, b },
        { tools, judge, seed: settings.seed + plan.repeat, signal },
      );
    },
  };
}
