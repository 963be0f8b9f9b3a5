import { createHmac } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { WebhookDelivery } from '../../core/model/alert';
import { systemCode } from '../errorsFromNode';
import { limitedFetch } from '../models/limitedFetch';

/** `sha256=` and the HMAC-SHA256 of the body with the secret, in hexadecimal. The body bears the time at which it was sent. */
export const signatureHeader = 'x-claude-pm-signature-256';
export const deliveryHeader = 'x-claude-pm-delivery';

const mostAttempts = 3;
const timeoutMilliseconds = 10_000;
/** Before the second and the third attempt. */
const pauses = [500, 2_000];

export interface WebhookPost {
  readonly url: URL;
  readonly body: string;
  /** The same for every attempt, so that a receiver can tell one that came twice. */
  readonly deliveryId: string;
  readonly secret?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** For tests. */
  readonly pause?: (milliseconds: number) => Promise<unknown>;
  readonly timeoutMilliseconds?: number;
}

export type PostOutcome = Pick<WebhookDelivery, 'attempts' | 'detail'> & {
  readonly state: 'sent' | 'failed';
};

export function signatureOf(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** Posts once, and again for a moment's trouble: at most three attempts of ten seconds. Never throws for what the network does. */
export async function postWebhook(post: WebhookPost): Promise<PostOutcome> {
  const { pause = (milliseconds) => delay(milliseconds, undefined, { ref: false }) } = post;
  let detail = '';
  for (let attempts = 1; ; attempts += 1) {
    const answer = await attempt(post);
    detail = answer.detail;
    if (answer.state === 'sent') return { state: 'sent', attempts, detail };
    if (answer.state === 'refused' || attempts === mostAttempts || post.signal?.aborted) {
      return { state: 'failed', attempts, detail };
    }
    await pause(pauses[attempts - 1] ?? 0);
  }
}

async function attempt({ url, body, deliveryId, secret, signal, ...rest }: WebhookPost): Promise<{
  readonly state: 'sent' | 'refused' | 'busy';
  readonly detail: string;
}> {
  const limit = AbortSignal.timeout(rest.timeoutMilliseconds ?? timeoutMilliseconds);
  try {
    const response = await limitedFetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'claude-pm-prompts',
        [deliveryHeader]: deliveryId,
        ...(secret === undefined || secret === '' ? {} : { [signatureHeader]: signatureOf(secret, body) }),
      },
      body,
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    });
    await response.body?.cancel();
    const detail = `status ${response.status}`;
    if (response.ok) return { state: 'sent', detail };
    const busy = response.status >= 500 || response.status === 408 || response.status === 429;
    return { state: busy ? 'busy' : 'refused', detail };
  } catch (error) {
    if (limit.aborted) return { state: 'busy', detail: 'no answer in time' };
    if (isRedirection(error))
      return { state: 'refused', detail: 'it leads elsewhere, which is not followed' };
    return { state: 'busy', detail: networkReason(error) };
  }
}

const causeOf = (error: unknown) => (error instanceof Error ? error.cause : undefined);

function isRedirection(error: unknown): boolean {
  const cause = causeOf(error);
  return cause instanceof Error && /redirect/i.test(cause.message);
}

/** The system's name of the trouble: an error's text may hold the address, and that a secret. */
function networkReason(error: unknown): string {
  const code = systemCode(causeOf(error)) ?? systemCode(error);
  return code === undefined ? 'out of reach' : `out of reach (${code})`;
}
