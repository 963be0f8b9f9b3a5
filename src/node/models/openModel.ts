import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { PipelineError } from '../../core/errors';
import type { LanguageModel, ModelPrices } from '../../core/ports';
import { agentModel } from './agentModel';
import { commandModel } from './commandModel';
import { limitedFetch } from './limitedFetch';
import { addressOf, keyFromEnvironment } from './modelAddress';
import { readModelChoice } from './modelChoice';
import { servedModel } from './servedModel';

export interface ModelOptions {
  /** Address to take instead of the provider's own. */
  readonly baseUrl?: string;
  /** Else from the environment. */
  readonly key?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** For one question with all its attempts. */
  readonly timeoutSeconds?: number;
  /** Costs are known only where these are given: prices change, so none are built in. */
  readonly prices?: ModelPrices;
  /** For agents: the repository they work on (default: this folder), and where the prompt stands in it (default: CLAUDE.md). */
  readonly repository?: string;
  readonly promptPath?: string;
}

export const defaultTimeoutSeconds = 120;

/**
 * A model by `provider:name`. Asks nothing yet.
 * @throws PipelineError INVALID_CONFIGURATION for what names no model or address, PERMISSION_DENIED where a key is needed and missing
 */
export function openModel(choice: string, options: ModelOptions): LanguageModel {
  const { provider, name } = readModelChoice(choice);
  const { baseUrl, prices, timeoutSeconds = defaultTimeoutSeconds, environment = process.env } = options;
  const priced = prices === undefined ? {} : { prices };
  if (provider === 'agent') {
    const { repository = process.cwd(), promptPath = 'CLAUDE.md' } = options;
    return agentModel(name, { repository, promptPath, timeoutSeconds, environment, ...priced });
  }
  if (provider === 'command') return commandModel(name, { timeoutSeconds, ...priced });
  const address = addressOf(provider, baseUrl);
  const key = options.key ?? keyFromEnvironment(provider, environment);
  if (key === undefined && !address.local) {
    throw new PipelineError('PERMISSION_DENIED', `There is no API key for ${choice}.`, {
      subject: choice,
      remedy:
        'Set CLAUDE_PM_API_KEY or the provider’s own variable, or in VS Code run "Claude PM: Set Model API Key…".',
    });
  }
  const shared = { baseURL: address.url, fetch: limitedFetch };
  const about = { id: choice, place: address.origin, timeoutSeconds, ...priced };
  if (provider === 'anthropic') {
    // A server on this machine may need no key; the client wants one all the same.
    const client = createAnthropic({ ...shared, apiKey: key ?? 'none' });
    return servedModel(client(name), { ...about, structured: true });
  }
  const client = createOpenAICompatible({
    ...shared,
    name: provider,
    ...(key === undefined ? {} : { apiKey: key }),
  });
  // Not every such server knows JSON Schema, and some refuse what they do not know: the prompt asks for JSON as well.
  return servedModel(client(name), { ...about, structured: false });
}
