import { PipelineError } from '../errors';
import type { ModelPrices, ModelRequest, ModelUsage } from '../ports';
import { generousTokens } from './tokens';

/** What may be spent at most. Where prices are known the money counts, else the tokens. */
export interface SpendingCap {
  /** USD. */
  readonly maxCost: number;
  /** Tokens in and out together. */
  readonly maxTokens: number;
}

export interface Spending {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** USD; absent where prices are not known. */
  readonly cost?: number;
  /** Every call's tokens were counted by the model's service. */
  readonly measured: boolean;
}

/** USD. */
export function costOf(
  prices: ModelPrices,
  tokens: Pick<ModelUsage, 'inputTokens' | 'outputTokens'>,
): number {
  return (tokens.inputTokens * prices.input + tokens.outputTokens * prices.output) / 1_000_000;
}

/** The most that a request can use: its text counted on the safe side, and the longest answer that it allows. */
export function mostUsed({ system = '', prompt, maxOutputTokens, schema }: ModelRequest): ModelUsage {
  const described = schema === undefined ? '' : JSON.stringify(schema);
  const inputTokens = generousTokens(system + prompt + described);
  return { inputTokens, outputTokens: maxOutputTokens, measured: false };
}

/** Tokens held for a call that is under way. Exactly one of its functions is called, once. */
export interface Reservation {
  /** The call was answered, with this use. */
  settle(usage: ModelUsage): void;
  /** The call failed. One that the service may have worked on counts in full, since it may be charged. */
  release(mayBeCharged: boolean): void;
}

/**
 * Counts what a run spends and says no before the call that could exceed the cap, calls under way included. Tokens are compared with
 * the cap by what was measured, where it was.
 */
export class Budget {
  #calls = 0;
  #spent = { inputTokens: 0, outputTokens: 0 };
  #held = { inputTokens: 0, outputTokens: 0 };
  #measured = true;

  constructor(
    readonly cap: SpendingCap,
    readonly prices?: ModelPrices,
  ) {}

  get spending(): Spending {
    return {
      calls: this.#calls,
      ...this.#spent,
      measured: this.#measured,
      ...(this.prices === undefined ? {} : { cost: costOf(this.prices, this.#spent) }),
    };
  }

  /** @throws PipelineError BUDGET_EXCEEDED; nothing is held then */
  reserve(request: ModelRequest): Reservation {
    const most = mostUsed(request);
    const total = sum(sum(this.#spent, this.#held), most);
    const exceeds =
      this.prices === undefined
        ? total.inputTokens + total.outputTokens > this.cap.maxTokens
        : costOf(this.prices, total) > this.cap.maxCost;
    if (exceeds) {
      const cap = capText(this.cap, this.prices);
      throw new PipelineError('BUDGET_EXCEEDED', `The next call could exceed the cap of ${cap}.`, {
        subject: this.prices === undefined ? 'maxModelTokens' : 'maxModelCost',
        remedy: 'What was answered before is kept. Raise the cap to ask for the rest.',
      });
    }
    this.#held = sum(this.#held, most);
    const end = (usage: ModelUsage | undefined) => {
      this.#held = sum(this.#held, most, -1);
      if (usage === undefined) return;
      this.#calls += 1;
      this.#spent = sum(this.#spent, usage);
      this.#measured &&= usage.measured;
    };
    return { settle: end, release: (mayBeCharged) => end(mayBeCharged ? most : undefined) };
  }
}

type Tokens = Pick<ModelUsage, 'inputTokens' | 'outputTokens'>;

function sum(a: Tokens, b: Tokens, sign: 1 | -1 = 1): Tokens {
  return {
    inputTokens: a.inputTokens + sign * b.inputTokens,
    outputTokens: a.outputTokens + sign * b.outputTokens,
  };
}

export function dollars(amount: number): string {
  return `$${amount > 0 && amount < 0.01 ? amount.toFixed(4) : amount.toFixed(2)}`;
}

export function capText(cap: SpendingCap, prices: ModelPrices | undefined): string {
  return prices === undefined ? `${cap.maxTokens.toLocaleString('en')} tokens` : dollars(cap.maxCost);
}
