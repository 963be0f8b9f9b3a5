import { PipelineError } from '../../core/errors';

export const providerNames = ['anthropic', 'openai-compatible', 'ollama', 'command', 'agent'] as const;
export type ProviderName = (typeof providerNames)[number];

/** A model by provider and name, as in `anthropic:NAME`. */
export interface ModelChoice {
  readonly provider: ProviderName;
  readonly name: string;
}

/** @throws PipelineError INVALID_CONFIGURATION */
export function readModelChoice(text: string): ModelChoice {
  const colon = text.indexOf(':');
  const provider = providerNames.find((each) => each === text.slice(0, colon));
  const name = text.slice(colon + 1).trim();
  if (colon > 0 && provider !== undefined && name !== '') return { provider, name };
  throw new PipelineError('INVALID_CONFIGURATION', `"${text}" names no model.`, {
    subject: 'model',
    remedy: `Name it as PROVIDER:NAME, where the provider is ${providerNames.join(', ')}.`,
  });
}
