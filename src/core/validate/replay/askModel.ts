import { isPipelineError } from '../../errors';
import { AnswerCache } from '../../languageModel/answerCache';
import type { Budget, Spending } from '../../languageModel/budget';
import { meteredModel } from '../../languageModel/meteredModel';
import type { Cache, Hash, LanguageModel, ModelRequest } from '../../ports';

/** What came of one question. */
export interface Reply {
  /** `undefined` where the model failed or took too long: that counts against the prompt. */
  readonly text?: string;
  /** Code and message of the failure. */
  readonly failure?: string;
  /** Answered before, so that it cost nothing and its time is not known. */
  readonly cached: boolean;
  readonly milliseconds?: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
}

/** The run stops. Any other question that fails counts as an answer that fails. */
const final: ReadonlySet<string> = new Set(['BUDGET_EXCEEDED', 'INVALID_CONFIGURATION', 'CANCELLED']);
/** The same while no question was answered yet: then the key, the name or the address is wrong. */
const finalAtFirst: ReadonlySet<string> = new Set(['PERMISSION_DENIED', 'NOT_FOUND']);
/** Failures, without one answer, from which the model is taken to be out of reach: that says nothing of the prompts. */
const mostFailuresAtFirst = 8;

export interface AskOptions {
  readonly hash: Hash;
  /** One for all models of a run: what a judge spends counts against the same cap. */
  readonly budget: Budget;
  /** Answers are kept there as they come, so that nothing is paid for twice; without one all is asked anew. */
  readonly cache?: Cache;
  readonly milliseconds: () => number;
}

/** A model under a cap, with its answers kept. The same question is not asked twice in one run, whatever became of it. */
export class ReplayModel {
  readonly #model: LanguageModel;
  readonly #budget: Budget;
  readonly #answers: AnswerCache;
  readonly #replies = new Map<string, Promise<Reply>>();
  #answered = false;
  #failed = 0;

  constructor(
    model: LanguageModel,
    private readonly options: AskOptions,
  ) {
    this.#budget = options.budget;
    this.#model = meteredModel(model, this.#budget);
    this.#answers = new AnswerCache(`${model.id} at ${model.place}`, options.hash, options.cache);
  }

  get id(): string {
    return this.#model.id;
  }

  get spending(): Spending {
    return this.#budget.spending;
  }

  async isAnswered(request: ModelRequest): Promise<boolean> {
    return (await this.#answers.read(request)) !== undefined;
  }

  /** @throws PipelineError where no further question can be answered: cap, key, model, cancelled */
  ask(request: ModelRequest, signal: AbortSignal | undefined): Promise<Reply> {
    const key = this.#answers.key(request);
    const asked = this.#replies.get(key);
    if (asked !== undefined) return asked;
    const reply = this.#ask(request, signal);
    this.#replies.set(key, reply);
    return reply;
  }

  async #ask(request: ModelRequest, signal: AbortSignal | undefined): Promise<Reply> {
    const kept = await this.#answers.read(request);
    if (kept !== undefined) return { text: kept, cached: true };
    const start = this.options.milliseconds();
    try {
      const { text, usage } = await this.#model.complete(
        signal === undefined ? request : { ...request, signal },
      );
      this.#answered = true;
      await this.#answers.write(request, text);
      const { inputTokens, outputTokens } = usage;
      const milliseconds = this.options.milliseconds() - start;
      return { text, cached: false, milliseconds, inputTokens, outputTokens };
    } catch (error) {
      if (!isPipelineError(error) || final.has(error.code)) throw error;
      this.#failed++;
      if (!this.#answered && (finalAtFirst.has(error.code) || this.#failed >= mostFailuresAtFirst))
        throw error;
      return {
        failure: `${error.code}: ${error.message}`,
        cached: false,
        milliseconds: this.options.milliseconds() - start,
      };
    }
  }
}
