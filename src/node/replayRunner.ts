import { capText, type SpendingCap } from '../core/languageModel/budget';
import { estimateTokens } from '../core/languageModel/tokens';
import type { Configuration } from '../core/model/configuration';
import type { Cache, LanguageModel } from '../core/ports';
import type { SuiteScenario } from '../core/scenarios/scenarioSuite';
import { ReplayModel } from '../core/validate/replay/askModel';
import { compareByModel, questionsOf, type ReplayComparison } from '../core/validate/replay/compareByModel';
import type { ReplayProgress } from '../core/validate/replay/runReplay';
import { runCheckCommand } from './checkCommand';
import { seededRandom } from './seededRandom';
import { nodeHash } from './systemPorts';

/** Enough for a thousand pairs of usual length, and little money where a price is set. */
export const defaultReplayCap: SpendingCap = { maxCost: 5, maxTokens: 10_000_000 };
export const defaultConcurrency = 4;
export const defaultOutputTokens = 1024;

export interface ComparisonTask {
  readonly a: string;
  readonly b: string;
  readonly scenarios: readonly SuiteScenario[];
  readonly repeats: number;
  readonly model: LanguageModel;
  /** Left out: the model itself judges by rubrics. */
  readonly judge?: LanguageModel;
  readonly cap: SpendingCap;
  /** Answers are kept there; left out: all is asked anew. */
  readonly cache?: Cache;
  readonly concurrency?: number;
  readonly maxOutputTokens?: number;
  readonly temperature?: number;
  readonly stopping: 'fixed' | 'early';
  readonly seed: number;
  readonly configuration: Configuration;
  readonly signal?: AbortSignal;
  readonly onPair?: (progress: ReplayProgress) => void;
}

/** What a comparison may use, in one or two sentences, before it starts. */
export function comparisonEstimate({ a, b, scenarios, repeats, model, cap }: ComparisonTask): string {
  const questions = questionsOf(scenarios, repeats);
  const tokens = scenarios.reduce(
    (sum, { task, context = '' }) =>
      sum + repeats * (estimateTokens(`${a}${context}${task}`) + estimateTokens(`${b}${context}${task}`)),
    0,
  );
  return `Up to ${questions.toLocaleString('en')} questions to ${model.id} (${model.place}), about ${tokens.toLocaleString('en')} tokens in, answers not counted; cap ${capText(cap, model.prices)}. What was answered before is not asked again.`;
}

/** Compares two texts by what a model answers, with the means of this machine. @throws PipelineError as `compareByModel` */
export function runComparison(task: ComparisonTask): Promise<ReplayComparison> {
  const { model, judge, cap, cache, seed, temperature, signal, onPair } = task;
  const ask = {
    hash: nodeHash,
    cap,
    milliseconds: () => performance.now(),
    ...(cache === undefined ? {} : { cache }),
  };
  const asked = new ReplayModel(model, ask);
  return compareByModel({
    a: task.a,
    b: task.b,
    scenarios: task.scenarios,
    repeats: task.repeats,
    model: asked,
    judge: judge === undefined ? asked : new ReplayModel(judge, ask),
    settings: {
      maxOutputTokens: task.maxOutputTokens ?? defaultOutputTokens,
      seed,
      ...(temperature === undefined ? {} : { temperature }),
    },
    concurrency: task.concurrency ?? defaultConcurrency,
    stopping: task.stopping,
    configuration: task.configuration,
    random: (purpose) => seededRandom(Number.parseInt(nodeHash.sha256(`${seed} ${purpose}`).slice(0, 8), 16)),
    tools: { runCommand: runCheckCommand },
    ...(signal === undefined ? {} : { signal }),
    ...(onPair === undefined ? {} : { onPair }),
  });
}
