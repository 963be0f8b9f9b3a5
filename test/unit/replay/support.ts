import { PipelineError } from '../../../src/core/errors';
import { Budget } from '../../../src/core/languageModel/budget';
import { defaultConfiguration } from '../../../src/core/model/configuration';
import type { Cache, LanguageModel, ModelRequest } from '../../../src/core/ports';
import type { SuiteScenario } from '../../../src/core/scenarios/scenarioSuite';
import { ReplayModel } from '../../../src/core/validate/replay/askModel';
import { compareByModel, type ReplayComparison } from '../../../src/core/validate/replay/compareByModel';
import { modelEvaluator } from '../../../src/core/validate/replay/modelEvaluator';
import { seededRandom } from '../../../src/node/seededRandom';
import { hash } from '../support/memoryPorts';

export function scenarios(
  count: number,
  checks: SuiteScenario['checks'] = [{ type: 'contains', value: 'done' }],
) {
  return Array.from(
    { length: count },
    (_, index): SuiteScenario => ({
      id: `s${index}`,
      task: `Do thing ${index}.`,
      checks,
    }),
  );
}

export function failure(code: 'MODEL_FAILED' | 'TIMED_OUT' | 'NOT_FOUND' = 'MODEL_FAILED'): PipelineError {
  return new PipelineError(code, 'no', { subject: 'm', remedy: '' });
}

/** A model that answers as told; counts its calls. */
export function modelThat(answer: (request: ModelRequest, call: number) => string | Error): LanguageModel & {
  calls: number;
} {
  const model = {
    id: 'test:m',
    place: 'here',
    calls: 0,
    complete: async (request: ModelRequest) => {
      model.calls++;
      const text = answer(request, model.calls);
      if (text instanceof Error) throw text;
      return { text, usage: { inputTokens: 10, outputTokens: 2, measured: true } };
    },
  };
  return model;
}

export function memoryCache(): Cache {
  const kept = new Map<string, unknown>();
  return {
    read: async (area, key) => kept.get(`${area} ${key}`),
    write: async (area, key, value) => void kept.set(`${area} ${key}`, value),
    clear: async () => kept.clear(),
  };
}

interface Options {
  readonly a?: string;
  readonly b?: string;
  readonly scenarios?: readonly SuiteScenario[];
  readonly repeats?: number;
  readonly concurrency?: number;
  readonly stopping?: 'fixed' | 'early';
  readonly seed?: number;
  readonly maxTokens?: number;
  readonly cache?: Cache;
  readonly judge?: LanguageModel;
  readonly signal?: AbortSignal;
}

export function compare(model: LanguageModel, options: Options = {}): Promise<ReplayComparison> {
  const { seed = 1, cache, maxTokens = 1e12, judge, signal } = options;
  const ask = {
    hash,
    budget: new Budget({ maxCost: 1, maxTokens }),
    milliseconds: () => 0,
    ...(cache === undefined ? {} : { cache }),
  };
  const asked = new ReplayModel(model, ask);
  return compareByModel({
    a: options.a ?? 'A',
    b: options.b ?? 'B',
    scenarios: options.scenarios ?? scenarios(20),
    repeats: options.repeats ?? 1,
    evaluator: modelEvaluator({
      model: asked,
      judge: judge === undefined ? asked : new ReplayModel(judge, ask),
      settings: { maxOutputTokens: 100, seed },
      tools: {},
    }),
    concurrency: options.concurrency ?? 1,
    stopping: options.stopping ?? 'fixed',
    configuration: defaultConfiguration,
    random: (purpose) => seededRandom(seed * 1000 + purpose.length),
    ...(signal === undefined ? {} : { signal }),
  });
}
