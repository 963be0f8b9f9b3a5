import { isPipelineError } from '../../errors';
import { AnswerCache } from '../../languageModel/answerCache';
import { Budget, type Spending, type SpendingCap } from '../../languageModel/budget';
import { type Estimate, estimate } from '../../languageModel/estimate';
import { meteredModel } from '../../languageModel/meteredModel';
import type { Cache, Hash, LanguageModel, Log, ModelRequest } from '../../ports';
import type { RuleRequest, RuleWriter, WrittenRule } from '../write/writer';
import { type RawCandidate, readAnswer } from './answer';
import { rulesFrom } from './candidates';
import { type Material, materialOf } from './material';
import { questionOf, repairOf } from './prompt';

export interface ModelWriterOptions {
  readonly cap: SpendingCap;
  /** Answers are kept there; without one every question is asked anew. */
  readonly cache?: Cache;
  /** Questions that may be under way at once. */
  readonly concurrency?: number;
}

/** What came of asking. */
export interface ModelWork {
  readonly modelId: string;
  /** Questions with an answer that could be used, those answered before included. */
  readonly answered: number;
  readonly answeredBefore: number;
  /** Questions that the offline writer is left with. */
  readonly offline: number;
  readonly spending: Spending;
  /** Why asking ended before its end, in one sentence. */
  readonly stopped?: string;
}

interface Question {
  readonly material: Material;
  readonly request: ModelRequest;
}

/** A question, and once more when its answer is no JSON of the form asked for. */
const mostCallsEach = 2;
/** Failures one after the other from which the model is taken to be out of reach. */
const mostFailures = 3;
/** The rest would fail the same way. */
const final = new Set([
  'BUDGET_EXCEEDED',
  'PERMISSION_DENIED',
  'NOT_FOUND',
  'INVALID_CONFIGURATION',
  'CANCELLED',
]);

/**
 * Rules by a model. It is asked in `prepare`, outside of any lock and under the cap; `write` gives what was prepared and never asks, so that
 * nothing is spent that was not shown. Where no answer is there it gives none, and the offline writer stands behind it.
 */
export class ModelWriter implements RuleWriter {
  readonly #model: LanguageModel;
  readonly #answers: AnswerCache;
  readonly #budget: Budget;
  readonly #usable = new Map<string, readonly RawCandidate[]>();
  readonly #cap: SpendingCap;
  readonly #concurrency: number;

  constructor(
    model: LanguageModel,
    private readonly ports: { readonly hash: Hash; readonly log: Log },
    { cap, cache, concurrency = 3 }: ModelWriterOptions,
  ) {
    this.#budget = new Budget(cap, model.prices);
    this.#model = meteredModel(model, this.#budget);
    this.#answers = new AnswerCache(`${model.id} at ${model.place}`, ports.hash, cache);
    this.#cap = cap;
    this.#concurrency = concurrency;
  }

  /** What asking for these rules would cost. Asks nothing. */
  async estimate(requests: readonly RuleRequest[]): Promise<Estimate> {
    const questions = this.#questions(requests);
    const open: ModelRequest[] = [];
    for (const { request } of questions) {
      if ((await this.#answers.read(request)) === undefined) open.push(request);
    }
    return estimate(this.#model, open, questions.length - open.length, this.#cap, mostCallsEach);
  }

  /** Asks for these rules. Never throws for a model that fails, refuses or costs too much: the result and the log tell. */
  async prepare(
    requests: readonly RuleRequest[],
    options: {
      readonly signal?: AbortSignal;
      readonly onAnswer?: (done: number, total: number) => void;
    } = {},
  ): Promise<ModelWork> {
    const questions = this.#questions(requests);
    const waiting = [...questions];
    let [done, before, failures] = [0, 0, 0];
    let stopped: string | undefined;
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined && stopped === undefined; next = waiting.shift()) {
        try {
          if (await this.#answer(next, options.signal)) before += 1;
          failures = 0;
        } catch (error) {
          if (!isPipelineError(error)) throw error;
          this.ports.log.warn(`${this.#model.id}: ${error.code}: ${error.message}`);
          failures += 1;
          if (final.has(error.code)) stopped ??= error.message;
          else if (failures >= mostFailures) stopped ??= `${mostFailures} questions failed in a row.`;
        }
        options.onAnswer?.(++done, questions.length);
      }
    };
    await Promise.all(Array.from({ length: this.#concurrency }, work));
    const answered = questions.filter(({ request }) => this.#usable.has(this.#answers.key(request))).length;
    const offline = questions.length - answered;
    return {
      modelId: this.#model.id,
      answered,
      answeredBefore: before,
      offline,
      spending: this.#budget.spending,
      ...(stopped === undefined ? {} : { stopped }),
    };
  }

  async write(request: RuleRequest): Promise<readonly WrittenRule[]> {
    const material = materialOf(request);
    if (material === undefined) return [];
    const candidates = this.#usable.get(this.#answers.key(questionOf(material, this.ports.hash)));
    return candidates === undefined
      ? []
      : rulesFrom(candidates, material, { kind: 'model', model: this.#model.id });
  }

  #questions(requests: readonly RuleRequest[]): readonly Question[] {
    const byKey = new Map<string, Question>();
    for (const each of requests) {
      const material = materialOf(each);
      if (material === undefined) continue;
      const request = questionOf(material, this.ports.hash);
      byKey.set(this.#answers.key(request), { material, request });
    }
    return [...byKey.values()];
  }

  /** True when it was answered before. An answer that cannot be used is told and left. @throws PipelineError of the model */
  async #answer({ request }: Question, signal: AbortSignal | undefined): Promise<boolean> {
    const key = this.#answers.key(request);
    const kept = await this.#answers.read(request);
    const known = kept === undefined ? undefined : readAnswer(kept);
    if (known !== undefined && 'candidates' in known) {
      this.#usable.set(key, known.candidates);
      return true;
    }
    let asked = request;
    for (let call = 1; call <= mostCallsEach; call += 1) {
      const { text } = await this.#model.complete(signal === undefined ? asked : { ...asked, signal });
      const reading = readAnswer(text);
      if ('candidates' in reading) {
        this.#usable.set(key, reading.candidates);
        await this.#answers.write(request, JSON.stringify(reading));
        return false;
      }
      this.ports.log.warn(`${this.#model.id}: an answer could not be used: ${reading.problem}.`);
      asked = repairOf(request, text, reading.problem);
    }
    return false;
  }
}
