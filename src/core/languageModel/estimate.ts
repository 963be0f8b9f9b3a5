import type { LanguageModel, ModelRequest } from '../ports';
import { capText, costOf, dollars, mostUsed, type SpendingCap } from './budget';
import { estimateTokens } from './tokens';

/** What a run is likely to use, and what it can use at most, before it asks anything. */
export interface Estimate {
  readonly modelId: string;
  readonly place: string;
  /** Questions that must be asked; those answered before cost nothing. */
  readonly calls: number;
  readonly answeredBefore: number;
  /** Estimated tokens of the questions with an answer of typical length. */
  readonly tokens: number;
  /** USD at most, never above the cap; absent where the prices are not known. */
  readonly mostCost?: number;
  readonly cap: string;
}

/** Typical answers take about this share of what they may take. A guess that only the estimate rests on, never the cap. */
const typicalAnswer = 0.4;

/** @param mostCallsEach how often a question may be asked, repairs included */
export function estimate(
  model: Pick<LanguageModel, 'id' | 'place' | 'prices'>,
  requests: readonly ModelRequest[],
  answeredBefore: number,
  cap: SpendingCap,
  mostCallsEach: number,
): Estimate {
  const tokens = requests.reduce(
    (sum, { system = '', prompt, maxOutputTokens }) =>
      sum + estimateTokens(system + prompt) + Math.round(maxOutputTokens * typicalAnswer),
    0,
  );
  const { prices } = model;
  const most = requests.map(mostUsed);
  const worst =
    prices === undefined
      ? undefined
      : most.reduce((sum, each) => sum + costOf(prices, each), 0) * mostCallsEach;
  return {
    modelId: model.id,
    place: model.place,
    calls: requests.length,
    answeredBefore,
    tokens,
    cap: capText(cap, prices),
    ...(worst === undefined ? {} : { mostCost: Math.min(worst, cap.maxCost) }),
  };
}

/** One or two sentences to show before anything is asked. */
export function estimateText(found: Estimate): string {
  const { modelId, place, calls, answeredBefore, tokens, mostCost, cap } = found;
  const rules = `${calls} rule${calls === 1 ? '' : 's'}`;
  const price =
    mostCost === undefined
      ? `its price is not known, so the cap counts tokens: ${cap}`
      : `at most ${dollars(mostCost)} (cap ${cap})`;
  const before = answeredBefore === 0 ? '' : ` ${answeredBefore} more were answered before and cost nothing.`;
  return `Ask ${modelId} (${place}) about ${rules}: about ${tokens.toLocaleString('en')} tokens; ${price}.${before}`;
}
