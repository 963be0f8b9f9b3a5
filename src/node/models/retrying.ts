import { setTimeout as delay } from 'node:timers/promises';
import { APICallError } from '@ai-sdk/provider';
import pRetry from 'p-retry';
import { PipelineError } from '../../core/errors';
import { startDeadline } from './deadline';
import { modelError } from './modelError';

const mostRetries = 3;
const mostWaitMilliseconds = 60_000;

export interface RetryOptions {
  readonly modelId: string;
  /** For the question with all its attempts. */
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal | undefined;
}

/** How long the service asks to wait, in milliseconds; 0 where it does not say. */
function askedToWait({ responseHeaders }: APICallError): number {
  const milliseconds = Number(responseHeaders?.['retry-after-ms']);
  if (Number.isFinite(milliseconds) && milliseconds > 0) return milliseconds;
  const after = responseHeaders?.['retry-after'] ?? '';
  const seconds = Number(after);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(after);
  return Number.isNaN(at) ? 0 : Math.max(0, at - Date.now());
}

/**
 * Asks again where the service is busy or out of reach for a moment, after the time that it asks for.
 * @throws PipelineError MODEL_FAILED, PERMISSION_DENIED, NOT_FOUND, TIMED_OUT, CANCELLED
 */
export async function retrying<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  { modelId, timeoutSeconds, signal }: RetryOptions,
): Promise<T> {
  const limit = startDeadline(timeoutSeconds, signal);
  const either = limit.signal;
  try {
    return await pRetry(() => ask(either), {
      retries: mostRetries,
      minTimeout: 300,
      randomize: true,
      signal: either,
      shouldRetry: ({ error }) =>
        APICallError.isInstance(error) && error.isRetryable && askedToWait(error) <= mostWaitMilliseconds,
      onFailedAttempt: async ({ error, retriesLeft }) => {
        if (!APICallError.isInstance(error) || !error.isRetryable || retriesLeft === 0) return;
        const wait = askedToWait(error);
        if (wait > 0 && wait <= mostWaitMilliseconds) await delay(wait, undefined, { signal: either });
      },
    });
  } catch (error) {
    if (signal?.aborted) throw cancelled(modelId, signal);
    if (limit.late) {
      throw new PipelineError('TIMED_OUT', `${modelId} did not answer within ${timeoutSeconds} seconds.`, {
        subject: modelId,
        remedy: 'Try again, or raise the time limit; nothing was changed.',
      });
    }
    throw modelError(error, modelId);
  } finally {
    limit.end();
  }
}

function cancelled(modelId: string, signal: AbortSignal): PipelineError {
  if (signal.reason instanceof PipelineError) return signal.reason;
  return new PipelineError('CANCELLED', 'Asking the model was cancelled.', {
    subject: modelId,
    remedy: 'What was answered before is kept; run it again to go on.',
  });
}
