import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { PipelineError } from '../core/errors';
import { Budget, type SpendingCap } from '../core/languageModel/budget';
import type { Configuration } from '../core/model/configuration';
import { readSuite } from '../core/scenarios/readSuite';
import type { SuiteScenario } from '../core/scenarios/scenarioSuite';
import type { ReplayComparison } from '../core/validate/replay/compareByModel';
import type { ReplayProgress } from '../core/validate/replay/runReplay';
import { openJsonCache } from '../node/jsonCache';
import {
  comparisonEstimate,
  defaultConcurrency,
  defaultOutputTokens,
  defaultReplayCap,
  type ModelTask,
  runComparison,
} from '../node/replayRunner';
import type { Cli } from './cli';
import { readNamedFile } from './input';
import { type ModelCommandOptions, modelOf } from './modelOptions';

export interface ReplayOptions extends ModelCommandOptions {
  readonly scenarios?: string;
  readonly repeats: number;
  readonly concurrency: number;
  readonly early?: boolean;
  readonly judgeModel?: string;
  /** Command line of a program that scores by itself. */
  readonly evaluator?: string;
  readonly maxOutputTokens: number;
  readonly temperature?: number;
}

function countFrom(least: number) {
  return (value: string): number => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} up.`);
  };
}

function temperature(value: string): number {
  const number = Number(value);
  if (number >= 0 && number <= 2) return number;
  throw new InvalidArgumentError('It must be a number from 0 to 2.');
}

/** Options of a run in which a model answers scenarios. */
export function withReplayOptions(command: Command): Command {
  return command
    .option('--scenarios <file>', 'what the prompts meet: YAML or JSON (default: .claude-pm/scenarios.yaml)')
    .option('--repeats <n>', 'meetings of each prompt with each scenario', countFrom(1), 1)
    .option('--concurrency <n>', 'questions under way at once', countFrom(1), defaultConcurrency)
    .option('--early', 'look after every scenario, and stop as soon as an anytime-valid test decides')
    .option(
      '--repository <folder>',
      'for an agent: its worktrees are copies of this one (default: this folder)',
    )
    .option('--prompt-path <path>', 'for an agent: where the prompt stands in it (default: CLAUDE.md)')
    .option('--evaluator <program>', 'a program that scores by itself, in JSON lines, in place of a model')
    .option('--judge-model <provider:name>', 'who judges by rubrics (default: the model itself)')
    .option('--max-output-tokens <n>', 'longest answer', countFrom(1), defaultOutputTokens)
    .option('--temperature <t>', 'of the answers (default: the service’s own)', temperature);
}

/** Below the workspace, else below the person's own folder, so that a run which was broken off goes on without paying twice. */
async function cacheFolder(cli: Cli): Promise<string> {
  return join((await cli.hasWorkspace()) ? await cli.root() : homedir(), '.claude-pm');
}

/** The file named, else that of the workspace. @throws PipelineError INVALID_INPUT without either */
export async function scenarioPath(cli: Cli, file: string | undefined): Promise<string> {
  if (file !== undefined) return file;
  if (await cli.hasWorkspace()) return join(await cli.root(), '.claude-pm', 'scenarios.yaml');
  throw new PipelineError('INVALID_INPUT', 'A model needs scenarios to answer.', {
    subject: '--scenarios',
    remedy: 'Name a file with --scenarios; the README shows one.',
  });
}

/** @throws PipelineError INVALID_INPUT with file and line, NOT_FOUND */
export async function readScenarioFile(
  cli: Cli,
  file: string | undefined,
): Promise<readonly SuiteScenario[]> {
  const path = await scenarioPath(cli, file);
  return readSuite((await readNamedFile(path)).toString('utf8'), path);
}

const steps = 20;
/** An evaluator may run an agent of its own. */
const defaultProgramSeconds = 600;

function isStep({ done, total }: ReplayProgress): boolean {
  return Math.floor((done * steps) / total) > Math.floor(((done - 1) * steps) / total);
}

function capOf({ maxCost, maxTokens }: ReplayOptions): SpendingCap {
  return {
    maxCost: maxCost ?? defaultReplayCap.maxCost,
    maxTokens: maxTokens ?? defaultReplayCap.maxTokens,
  };
}

/** For several comparisons that share one cap. */
export function budgetOf(options: ReplayOptions): Budget {
  return new Budget(capOf(options), options.modelPrices);
}

/** A/B of two texts by a model. Progress and the estimate go to standard error. */
export async function replay(
  cli: Cli,
  texts: { readonly a: string; readonly b: string },
  configuration: Configuration,
  options: ReplayOptions,
  budget?: Budget,
): Promise<ReplayComparison> {
  const scenarios = await readScenarioFile(cli, options.scenarios);
  const shared = {
    ...texts,
    scenarios,
    configuration,
    repeats: options.repeats,
    concurrency: options.concurrency,
    stopping: options.early ? ('early' as const) : ('fixed' as const),
    seed: cli.options.seed ?? 1,
    signal: cli.signal,
    onPair: (progress: ReplayProgress) => {
      // A line for each of thousands of pairs would say no more.
      if (!isStep(progress)) return;
      const { done, total, aOnly, bOnly } = progress;
      const message = `only a passed ${aOnly}, only b ${bOnly}`;
      cli.output.progress({ stage: 'validate', message, done, total });
    },
    ...(options.cache ? { cache: openJsonCache(await cacheFolder(cli)) } : {}),
  };
  const { evaluator, timeout } = options;
  if (evaluator !== undefined) {
    return runComparison({
      ...shared,
      program: evaluator,
      timeoutSeconds: timeout ?? defaultProgramSeconds,
    });
  }
  const model = await modelOf(options);
  if (model === undefined) throw new Error('replay needs a model');
  const { judgeModel, temperature, maxOutputTokens } = options;
  const judge = judgeModel === undefined ? undefined : await modelOf({ ...options, model: judgeModel });
  const task: ModelTask = {
    ...shared,
    model,
    maxOutputTokens,
    cap: capOf(options),
    ...(budget === undefined ? {} : { budget }),
    ...(judge === undefined ? {} : { judge }),
    ...(temperature === undefined ? {} : { temperature }),
  };
  cli.output.note(comparisonEstimate(task));
  return runComparison(task);
}

/** Is anybody to answer, or are held-out corrections to do? */
export function isReplay({ model, evaluator }: Pick<ReplayOptions, 'model' | 'evaluator'>): boolean {
  return evaluator !== undefined || (model !== undefined && model !== 'static');
}
