import { PipelineError } from '../../core/errors';
import type { ModelProbe } from '../../core/health/healthCheck';
import { startDeadline } from './deadline';
import { limitedFetch } from './limitedFetch';
import { addressOf, keyFromEnvironment } from './modelAddress';
import { readModelChoice } from './modelChoice';
import type { ModelOptions } from './openModel';

const timeoutSeconds = 10;
/** Of Anthropic's interface: docs.claude.com/en/api/versioning. */
const anthropicVersion = '2023-06-01';

/**
 * Asks a model's service for its list of models, which costs no tokens. Providers without one are not asked.
 * @throws PipelineError INVALID_CONFIGURATION for what names no model or address
 */
export function probeOf(choice: string, options: ModelOptions): ModelProbe {
  const { provider, name } = readModelChoice(choice);
  if (provider === 'command' || provider === 'agent') {
    return {
      id: choice,
      probe: async () => ({
        state: 'not-probed',
        detail: 'not probed: a program answers only what it is asked, and that may cost',
      }),
    };
  }
  const address = addressOf(provider, options.baseUrl);
  const key = options.key ?? keyFromEnvironment(provider, options.environment ?? process.env);
  const headers: Record<string, string> =
    provider === 'anthropic'
      ? { 'anthropic-version': anthropicVersion, ...(key === undefined ? {} : { 'x-api-key': key }) }
      : key === undefined
        ? {}
        : { authorization: `Bearer ${key}` };
  return {
    id: choice,
    probe: (signal) =>
      ask(`${address.url}/models${provider === 'anthropic' ? '?limit=1000' : ''}`, headers, {
        choice,
        name,
        origin: address.origin,
        signal,
      }),
  };
}

interface Asking {
  readonly choice: string;
  readonly name: string;
  readonly origin: string;
  readonly signal: AbortSignal | undefined;
}

async function ask(url: string, headers: Record<string, string>, { choice, name, origin, signal }: Asking) {
  const limit = startDeadline(timeoutSeconds, signal);
  try {
    const response = await limitedFetch(url, { headers, signal: limit.signal });
    if (response.status === 401 || response.status === 403) {
      await response.body?.cancel();
      throw new PipelineError('PERMISSION_DENIED', `${origin} refuses the key (status ${response.status}).`, {
        subject: choice,
        remedy: 'Set another key; rules are written offline meanwhile.',
      });
    }
    if (response.status === 404 || response.status === 405) {
      await response.body?.cancel();
      return { state: 'not-probed', detail: `not probed: ${origin} has no list of models` } as const;
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw outOfReach(choice, origin, `status ${response.status}`);
    }
    return listed(await response.json(), name, origin);
  } catch (error) {
    if (error instanceof PipelineError) throw error;
    if (signal?.aborted && signal.reason instanceof PipelineError) throw signal.reason;
    // Its text may hold what was sent.
    throw outOfReach(
      choice,
      origin,
      limit.late ? `no answer in ${timeoutSeconds} seconds` : 'no connection, or no JSON',
    );
  } finally {
    limit.end();
  }
}

function outOfReach(choice: string, origin: string, why: string): PipelineError {
  return new PipelineError('MODEL_FAILED', `${origin} cannot be reached: ${why}.`, {
    subject: choice,
    remedy: 'Start the service, or choose another model; rules are written offline meanwhile.',
  });
}

/** `{data: [{id}]}`, as all of them answer. */
function listed(answer: unknown, name: string, origin: string) {
  const data: unknown =
    typeof answer === 'object' && answer !== null && 'data' in answer ? answer.data : undefined;
  if (!Array.isArray(data))
    return { state: 'not-probed', detail: `not probed: ${origin} gives no list of models` } as const;
  const ids = data.map((each: unknown) =>
    typeof each === 'object' && each !== null && 'id' in each ? String(each.id) : '',
  );
  const there = ids.some((id) => id === name || id === `${name}:latest` || id.startsWith(`${name}-`));
  return there
    ? ({ state: 'reachable', detail: `${origin} offers it` } as const)
    : ({
        state: 'not-listed',
        detail: `${origin} answers, and does not list it among ${ids.length} models`,
      } as const);
}
