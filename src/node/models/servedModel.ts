import type { LanguageModelV4 } from '@ai-sdk/provider';
import { PipelineError } from '../../core/errors';
import { estimateTokens } from '../../core/languageModel/tokens';
import type { LanguageModel, ModelAnswer, ModelPrices, ModelRequest } from '../../core/ports';
import { retrying } from './retrying';

export interface ServedModelOptions {
  readonly id: string;
  readonly place: string;
  readonly timeoutSeconds: number;
  readonly prices?: ModelPrices;
  /** The service can be held to a JSON Schema, or to JSON at least. */
  readonly structured: boolean;
}

type Result = Awaited<ReturnType<LanguageModelV4['doGenerate']>>;

/** A model behind a service, through the client of its provider. */
export function servedModel(client: LanguageModelV4, options: ServedModelOptions): LanguageModel {
  const { id, place, timeoutSeconds, prices, structured } = options;
  return {
    id,
    place,
    ...(prices === undefined ? {} : { prices }),
    complete: async (request) => {
      const { signal } = request;
      const result = await retrying(
        (abortSignal) => Promise.resolve(client.doGenerate(callOf(request, abortSignal, structured))),
        { modelId: id, timeoutSeconds, signal },
      );
      return answerOf(result, request, options);
    },
  };
}

function callOf(request: ModelRequest, abortSignal: AbortSignal, structured: boolean) {
  const { system, prompt, maxOutputTokens, schema, temperature, seed } = request;
  return {
    prompt: [
      ...(system === undefined ? [] : [{ role: 'system' as const, content: system }]),
      { role: 'user' as const, content: [{ type: 'text' as const, text: prompt }] },
    ],
    maxOutputTokens,
    abortSignal,
    ...(temperature === undefined ? {} : { temperature }),
    ...(seed === undefined ? {} : { seed }),
    ...(schema !== undefined && structured ? { responseFormat: { type: 'json' as const, schema } } : {}),
  };
}

function answerOf(result: Result, request: ModelRequest, { id, prices }: ServedModelOptions): ModelAnswer {
  const text =
    result.structuredOutputText ??
    result.content.map((part) => (part.type === 'text' ? part.text : '')).join('');
  if (text === '') {
    throw new PipelineError('MODEL_FAILED', `${id} gave an empty answer (${result.finishReason.unified}).`, {
      subject: id,
      remedy: 'Try again, or choose another model.',
    });
  }
  const input = result.usage.inputTokens.total;
  const output = result.usage.outputTokens.total;
  const usage = {
    inputTokens: input ?? estimateTokens((request.system ?? '') + request.prompt),
    outputTokens: output ?? estimateTokens(text),
    measured: input !== undefined && output !== undefined,
  };
  if (prices === undefined) return { text, usage };
  const cost = (usage.inputTokens * prices.input + usage.outputTokens * prices.output) / 1_000_000;
  return { text, usage, cost };
}
