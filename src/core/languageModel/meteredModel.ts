import { isPipelineError } from '../errors';
import type { LanguageModel } from '../ports';
import { type Budget, costOf } from './budget';

/** Answers that never came may still be charged; refusals are not. */
function mayBeCharged(error: unknown): boolean {
  return !isPipelineError(error) || error.code === 'TIMED_OUT' || error.code === 'CANCELLED';
}

/** The same model under a cap: it throws BUDGET_EXCEEDED instead of asking what could exceed it. */
export function meteredModel(model: LanguageModel, budget: Budget): LanguageModel {
  return {
    ...described(model),
    complete: async (request) => {
      const reservation = budget.reserve(request);
      try {
        const answer = await model.complete(request);
        reservation.settle(answer.usage);
        const { prices } = budget;
        return prices === undefined ? answer : { ...answer, cost: costOf(prices, answer.usage) };
      } catch (error) {
        reservation.release(mayBeCharged(error));
        throw error;
      }
    },
  };
}

function described({ id, place, prices, countTokens }: LanguageModel): Omit<LanguageModel, 'complete'> {
  return {
    id,
    place,
    ...(prices === undefined ? {} : { prices }),
    ...(countTokens === undefined ? {} : { countTokens }),
  };
}
