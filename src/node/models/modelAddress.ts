import { PipelineError } from '../../core/errors';
import type { ProviderName } from './modelChoice';

type ServedProvider = Exclude<ProviderName, 'command' | 'agent'>;

const usual: Readonly<Record<ServedProvider, { readonly address: string; readonly keyVariable?: string }>> = {
  anthropic: { address: 'https://api.anthropic.com/v1', keyVariable: 'ANTHROPIC_API_KEY' },
  'openai-compatible': { address: 'https://api.openai.com/v1', keyVariable: 'OPENAI_API_KEY' },
  ollama: { address: 'http://127.0.0.1:11434/v1' },
};

/** Where a provider is reached, and whether that is this machine. */
export interface ModelAddress {
  /** Without a slash at the end. */
  readonly url: string;
  readonly origin: string;
  readonly local: boolean;
}

/**
 * @param given an address to take instead of the provider's own
 * @throws PipelineError INVALID_CONFIGURATION for anything but http(s), and for plain http to another machine
 */
export function addressOf(provider: ServedProvider, given: string | undefined): ModelAddress {
  const text = given === undefined || given === '' ? usual[provider].address : given;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const local = url !== undefined && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
  const sound = url?.protocol === 'https:' || (url?.protocol === 'http:' && local);
  if (url === undefined || !sound || url.username !== '' || url.password !== '') {
    throw new PipelineError('INVALID_CONFIGURATION', 'This is no address that a model may be asked at.', {
      subject: 'model base URL',
      remedy: 'Give https://…, or http:// for a server on this machine, and no user name or password in it.',
    });
  }
  return { url: text.replace(/\/+$/, ''), origin: url.origin, local };
}

/** The key of a run: `CLAUDE_PM_API_KEY`, else the provider's usual variable. */
export function keyFromEnvironment(
  provider: ServedProvider,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const { keyVariable } = usual[provider];
  const found =
    environment['CLAUDE_PM_API_KEY'] || (keyVariable === undefined ? '' : environment[keyVariable]);
  return found === '' ? undefined : found;
}
