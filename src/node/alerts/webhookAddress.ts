import { PipelineError } from '../../core/errors';

/**
 * An address that alerts may be sent to.
 * @throws PipelineError INVALID_CONFIGURATION for anything but https, and http to this machine; for a user name or password in it
 */
export function webhookAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const local = url !== undefined && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
  const sound = url?.protocol === 'https:' || (url?.protocol === 'http:' && local);
  if (url !== undefined && sound && url.username === '' && url.password === '') return url;
  throw new PipelineError('INVALID_CONFIGURATION', 'Alerts cannot be sent to this webhook.', {
    subject: 'alerts.webhook',
    remedy:
      'Give https://…, or http:// for a server on this machine, and no user name or password in it; nothing was sent.',
  });
}
