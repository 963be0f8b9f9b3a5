import { Budget, capText, type SpendingCap } from '../core/languageModel/budget';
import { estimateTokens } from '../core/languageModel/tokens';
import type { Configuration } from '../core/model/configuration';
import type { Cache, LanguageModel } from '../core/ports';
import type { SuiteScenario } from '../core/scenarios/scenarioSuite';
import { ReplayModel } from '../core/validate/replay/askModel';
import { compareByModel, questionsOf, type ReplayComparison } from '../core/validate/replay/compareByModel';
import type { PairEvaluator } from '../core/validate/replay/evaluator';
import { modelEvaluator } from '../core/validate/replay/modelEvaluator';
import type { ReplayProgress } from '../core/validate/replay/runReplay';
import { runCheckCommand } from './checkCommand';
import { openScoringProgram } from './scoringProgram';
import { seededRandom } from './seededRandom';
import { nodeHash } from './systemPorts';

/** Enough for a thousand pairs of usual length, and little money where a price is set. */
export const defaultReplayCap: SpendingCap = { maxCost: 5, maxTokens: 10_000_000 };
export const defaultConcurrency = 4;
export const defaultOutputTokens = 1024;

interface Task {
  readonly a: string;
  readonly b: string;
  readonly scenarios: readonly SuiteScenario[];
  readonly repeats: number;
  /** Answers are kept there; left out: all is asked anew. */
  readonly cache?: Cache;
  readonly concurrency?: number;
  readonly stopping: 'fixed' | 'early';
  readonly seed: number;
  readonly configuration: Configuration;
  readonly signal?: AbortSignal;
  readonly onPair?: (progress: ReplayProgress) => void;
}

/** A model answers, and the scenarios' checks score. */
export interface ModelTask extends Task {
  readonly model: LanguageModel;
  /** Left out: the model itself judges by rubrics. */
  readonly judge?: LanguageModel;
  readonly cap: SpendingCap;
  /** Shared by several comparisons of one run; left out: this one has the cap for itself. */
  readonly budget?: Budget;
  readonly maxOutputTokens?: number;
  readonly temperature?: number;
}

/** A program does both. */
export interface ProgramTask extends Task {
  /** Its command line. */
  readonly program: string;
  /** For one prompt and scenario. */
  readonly timeoutSeconds: number;
}

export type ComparisonTask = ModelTask | ProgramTask;

/** What a comparison may use, in one or two sentences, before it starts. */
export function comparisonEstimate({ a, b, scenarios, repeats, model, cap }: ModelTask): string {
  const questions = questionsOf(scenarios, repeats);
  const tokens = scenarios.reduce(
    (sum, { task, context = '' }) =>
      sum + repeats * (estimateTokens(`${a}${context}${task}`) + estimateTokens(`${b}${context}${task}`)),
    0,
  );
  return `Up to ${questions.toLocaleString('en')} questions to ${model.id} (${model.place}), about ${tokens.toLocaleString('en')} tokens in, answers not counted; cap ${capText(cap, model.prices)}. What was answered before is not asked again.`;
}

/** Asks the model, its judge by rubrics included, under the cap. */
function evaluatorOf({
  model,
  judge,
  cap,
  budget,
  cache,
  seed,
  maxOutputTokens,
  temperature,
}: ModelTask): PairEvaluator {
  const ask = {
    hash: nodeHash,
    budget: budget ?? new Budget(cap, model.prices),
    milliseconds: () => performance.now(),
    ...(cache === undefined ? {} : { cache }),
  };
  const asked = new ReplayModel(model, ask);
  return modelEvaluator({
    model: asked,
    judge: judge === undefined ? asked : new ReplayModel(judge, ask),
    settings: {
      maxOutputTokens: maxOutputTokens ?? defaultOutputTokens,
      seed,
      ...(temperature === undefined ? {} : { temperature }),
    },
    tools: {
      runCommand: runCheckCommand,
      // It lies with the clients, which are loaded already where a model answers.
      detectLanguage: async (text) => (await import('./models/models')).detectLanguage(text),
    },
  });
}

/** Compares two texts by what a model answers, or a program scores, with the means of this machine. @throws PipelineError as `compareByModel` */
export async function runComparison(task: ComparisonTask): Promise<ReplayComparison> {
  const { seed, signal, onPair } = task;
  const program = 'program' in task ? openScoringProgram(task.program, task) : undefined;
  const evaluator = 'program' in task ? program : evaluatorOf(task);
  if (evaluator === undefined) throw new Error('a comparison needs an evaluator');
  try {
    return await compareByModel({
      a: task.a,
      b: task.b,
      scenarios: task.scenarios,
      repeats: task.repeats,
      evaluator,
      concurrency: task.concurrency ?? defaultConcurrency,
      stopping: task.stopping,
      configuration: task.configuration,
      random: (purpose) =>
        seededRandom(Number.parseInt(nodeHash.sha256(`${seed} ${purpose}`).slice(0, 8), 16)),
      ...(signal === undefined ? {} : { signal }),
      ...(onPair === undefined ? {} : { onPair }),
    });
  } finally {
    program?.close();
  }
}
