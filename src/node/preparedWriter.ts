import { PipelineError } from '../core/errors';
import { defaultCap } from '../core/improve/model/defaults';
import { type ModelWork, ModelWriter } from '../core/improve/model/modelWriter';
import { workText } from '../core/improve/model/workText';
import type { RuleRequest } from '../core/improve/write/writer';
import type { SpendingCap } from '../core/languageModel/budget';
import { estimateText } from '../core/languageModel/estimate';
import type { Cache, Hash, LanguageModel, Log } from '../core/ports';

export interface PrepareOptions {
  /** Where one is left out, the default. */
  readonly cap: { readonly [K in keyof SpendingCap]?: SpendingCap[K] | undefined };
  /** Left out: all is asked anew. */
  readonly cache?: Cache;
  readonly signal: AbortSignal;
  /** Told of the estimate and the cap before anything is asked, and of what came of it after. */
  readonly tell: (text: string) => void;
  readonly onAnswer?: (done: number, total: number) => void;
}

/** A writer whose model has answered these requests. @throws PipelineError INVALID_CONFIGURATION for an agent, CANCELLED, TIMED_OUT */
export async function preparedWriter(
  ports: { readonly hash: Hash; readonly log: Log },
  model: LanguageModel,
  requests: readonly RuleRequest[],
  { cap, cache, signal, tell, onAnswer }: PrepareOptions,
): Promise<{ readonly writer: ModelWriter; readonly work: ModelWork }> {
  if (model.id.startsWith('agent:')) {
    throw new PipelineError('INVALID_CONFIGURATION', 'An agent answers scenarios; it words no rules.', {
      subject: model.id,
      remedy: 'Name a model, or use the agent with compare and validate; nothing was asked.',
    });
  }
  const { maxCost = defaultCap.maxCost, maxTokens = defaultCap.maxTokens } = cap;
  const writer = new ModelWriter(model, ports, {
    cap: { maxCost, maxTokens },
    ...(cache === undefined ? {} : { cache }),
  });
  tell(estimateText(await writer.estimate(requests)));
  const work = await writer.prepare(requests, { signal, ...(onAnswer ? { onAnswer } : {}) });
  tell(workText(work));
  return { writer, work };
}
