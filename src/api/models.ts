import { PipelineError } from '../core/errors';
import { countsOf } from '../core/improve/model/workText';
import type { GoOnOptions } from '../core/pipeline/promptImprovementPipeline';
import type { LanguageModel } from '../core/ports';
import type { Workspace } from '../node/openWorkspace';
import { preparedWriter } from '../node/preparedWriter';
import type { Followed, ModelInput } from './inputs';

/** @throws PipelineError INVALID_CONFIGURATION, PERMISSION_DENIED without a key */
export async function modelOf({
  model,
  baseUrl,
  modelPrices,
}: ModelInput): Promise<LanguageModel | undefined> {
  if (model === undefined || model === 'static') return undefined;
  if (typeof model !== 'string') {
    if (baseUrl === undefined && modelPrices === undefined) return model;
    throw new PipelineError('INVALID_INPUT', 'An address and prices go with the name of a model.', {
      subject: 'model',
      remedy: 'Leave them out: a client of your own knows both. Nothing was asked.',
    });
  }
  const { openModel } = await import('../node/models/models');
  return openModel(model, {
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(modelPrices === undefined ? {} : { prices: modelPrices }),
  });
}

/** The model that words a run's rules, where one was asked for. */
export async function writersOf(
  { ports }: Pick<Workspace, 'ports'>,
  input: Followed & ModelInput,
): Promise<Pick<GoOnOptions, 'chooseWriters'>> {
  const model = await modelOf(input);
  if (model === undefined) return {};
  const { maxCost, maxTokens, onProgress } = input;
  return {
    chooseWriters: async (requests, signal) => {
      const { writer, work } = await preparedWriter(ports, model, requests, {
        cap: { maxCost, maxTokens },
        cache: ports.cache,
        signal,
        tell: (text) => ports.log.info(text),
        onAnswer: (done, total) => onProgress?.({ stage: 'improve', message: model.id, done, total }),
      });
      return { writers: [writer], counts: countsOf(work) };
    },
  };
}
