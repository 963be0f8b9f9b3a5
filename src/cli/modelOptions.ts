import { type Command, InvalidArgumentError } from 'commander';
import { defaultCap } from '../core/improve/model/defaults';
import type { RuleRequest } from '../core/improve/write/writer';
import type { SpendingCap } from '../core/languageModel/budget';
import type { LanguageModel, ModelPrices } from '../core/ports';
import type { Workspace } from '../node/openWorkspace';
import { preparedWriter } from '../node/preparedWriter';
import type { Cli } from './cli';
import { absolute, positiveNumber, wholeNumber } from './input';

export interface ModelCommandOptions {
  readonly model?: string;
  readonly baseUrl?: string;
  readonly maxCost?: number;
  readonly maxTokens?: number;
  readonly modelPrices?: ModelPrices;
  readonly timeout?: number;
  /** For agents alone. */
  readonly repository?: string;
  readonly promptPath?: string;
  /** False after `--no-cache`. */
  readonly cache: boolean;
}

function prices(value: string): ModelPrices {
  const [input, output, ...rest] = value.split(',').map(Number);
  const sound = (price: number | undefined): price is number =>
    price !== undefined && Number.isFinite(price) && price >= 0;
  if (rest.length === 0 && sound(input) && sound(output)) return { input, output };
  throw new InvalidArgumentError('It must be two prices in USD per million tokens, as in 3,15.');
}

/** What a command asks a model for, and how much it may spend unless told. */
export interface ModelUse {
  readonly model: string;
  readonly cap: SpendingCap;
}

const wording: ModelUse = { model: 'let a model word the rules; without it none is asked', cap: defaultCap };

export function withModelOptions(command: Command, { model, cap }: ModelUse = wording): Command {
  return command
    .option('--model <provider:name>', model)
    .option('--base-url <url>', 'address of the model, instead of its provider’s own')
    .option(
      '--max-cost <usd>',
      `spend no more (default ${cap.maxCost}; needs --model-prices)`,
      positiveNumber,
    )
    .option(
      '--max-tokens <n>',
      `use no more tokens where the price is not known (default ${cap.maxTokens})`,
      wholeNumber,
    )
    .option('--model-prices <in,out>', 'USD per million tokens', prices)
    .option('--timeout <seconds>', 'for one question to the model', positiveNumber)
    .option('--no-cache', 'ask again what was answered before');
}

/** The model asked for, `undefined` where none is. @throws PipelineError INVALID_CONFIGURATION, PERMISSION_DENIED without a key */
export async function modelOf(options: ModelCommandOptions): Promise<LanguageModel | undefined> {
  const { model, baseUrl, modelPrices, timeout, repository, promptPath } = options;
  if (model === undefined) return undefined;
  const { openModel } = await import('../node/models/models');
  return openModel(model, {
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(modelPrices === undefined ? {} : { prices: modelPrices }),
    ...(timeout === undefined ? {} : { timeoutSeconds: timeout }),
    ...(repository === undefined ? {} : { repository: absolute(repository) }),
    ...(promptPath === undefined ? {} : { promptPath }),
  });
}

/** A writer for these requests, with the estimate and the cap told before anything is asked, and what came of it after. */
export function askModel(
  cli: Cli,
  { ports }: Pick<Workspace, 'ports'>,
  model: LanguageModel,
  { maxCost, maxTokens, cache }: ModelCommandOptions,
  requests: readonly RuleRequest[],
  signal: AbortSignal = cli.signal,
): ReturnType<typeof preparedWriter> {
  return preparedWriter(ports, model, requests, {
    cap: { maxCost, maxTokens },
    ...(cache ? { cache: ports.cache } : {}),
    signal,
    tell: (text) => cli.output.note(text),
    onAnswer: (done, total) => cli.output.progress({ stage: 'improve', message: model.id, done, total }),
  });
}
