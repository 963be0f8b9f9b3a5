import { APICallError } from '@ai-sdk/provider';
import { PipelineError } from '../../core/errors';
import { AnswerTooLong } from './limitedFetch';

/**
 * What a client threw, for a person. Neither the service's own words nor the error is passed on: they may quote the question, and
 * the error holds it whole.
 */
export function modelError(error: unknown, modelId: string): unknown {
  if (error instanceof PipelineError) return error;
  if (causes(error).some((each) => each instanceof AnswerTooLong)) {
    return failed(modelId, 'sent an answer that is too long to be one', 'Check the address and the model.');
  }
  if (!APICallError.isInstance(error)) {
    // By name: the client makes its errors in bundles of its own.
    const name = error instanceof Error ? error.name : '';
    if (!name.startsWith('AI_') && name !== 'TypeError' && name !== 'AbortError') return error;
    return failed(
      modelId,
      `gave an answer that could not be read (${name})`,
      'Check the address and the model.',
    );
  }
  const status = error.statusCode;
  if (status === undefined) {
    return failed(modelId, 'cannot be reached', 'Check the address and that the service runs.');
  }
  if (status === 401 || status === 403) {
    return new PipelineError('PERMISSION_DENIED', `${modelId} refused the key (status ${status}).`, {
      subject: modelId,
      remedy: 'Check the API key and what it may be used for; nothing was changed.',
    });
  }
  if (status === 404) {
    return new PipelineError('NOT_FOUND', `${modelId} is not there (status 404).`, {
      subject: modelId,
      remedy: 'Check the name of the model and the address.',
    });
  }
  if (status === 429) {
    return failed(modelId, 'is busy or its quota is used up (status 429)', 'Try again later.');
  }
  return failed(modelId, `failed (status ${status})`, 'Try again later, or choose another model.');
}

function failed(modelId: string, what: string, remedy: string): PipelineError {
  return new PipelineError('MODEL_FAILED', `${modelId} ${what}.`, { subject: modelId, remedy });
}

function causes(error: unknown): readonly unknown[] {
  const found: unknown[] = [];
  for (let each = error; each !== undefined && found.length < 8; ) {
    found.push(each);
    each = each instanceof Error ? each.cause : undefined;
  }
  return found;
}
