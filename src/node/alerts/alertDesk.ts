import {
  acknowledgeAlert,
  claimDeliveries,
  claimNotifications,
  noteDelivery,
} from '../../core/alerts/claimAlerts';
import { type AlertPorts, inOrderOfGravity } from '../../core/alerts/reconcileAlerts';
import { isPipelineError, PipelineError } from '../../core/errors';
import type { WebhookState } from '../../core/health/healthCheck';
import type { Alert } from '../../core/model/alert';
import type { AlertsSetting } from '../../core/model/alertRules';
import type { Listing } from '../../core/ports';
import { type PostOutcome, postWebhook, type WebhookPost } from './postWebhook';
import { webhookAddress } from './webhookAddress';
import { webhookConsent } from './webhookConsent';
import { webhookPayload } from './webhookPayload';

/** So many alerts go with one message; the rest with the next. */
const mostAtOnce = 50;

/** What the person set themselves, outside of any folder. */
export interface OwnWebhook {
  /** Takes precedence over the configured one, and needs no consent. */
  readonly address?: string | undefined;
  readonly secret?: string | undefined;
}

export interface DeliverOptions extends OwnWebhook, Pick<WebhookPost, 'pause' | 'timeoutMilliseconds'> {
  readonly signal?: AbortSignal | undefined;
}

/** Alerts of one workspace: who is told of them, and what people do with them. */
export class AlertDesk {
  constructor(
    private readonly ports: AlertPorts,
    private readonly settings: AlertsSetting,
    private readonly root: string,
    private readonly home: string,
  ) {}

  /** Open ones, or all of them; the gravest first. */
  async list(options: { readonly all?: boolean } = {}): Promise<Listing<Alert>> {
    const { records, skipped } = await this.ports.store.list('alerts');
    const wanted = records.filter(({ resolvedAt }) => options.all === true || resolvedAt === null);
    return { records: inOrderOfGravity(wanted), skipped };
  }

  /** @throws PipelineError NOT_FOUND */
  acknowledge(alertId: string): Promise<Alert> {
    return acknowledgeAlert(this.ports, alertId);
  }

  claimNotifications(silent?: ReadonlySet<string>): Promise<readonly Alert[]> {
    return claimNotifications(this.ports, silent);
  }

  /** Whether one is set, and may be told. Never throws for a bad address. */
  async webhook({ address }: OwnWebhook = {}): Promise<WebhookState | undefined> {
    const own = address !== undefined && address !== '';
    const text = own ? address : this.settings.webhook;
    if (text === '') return undefined;
    try {
      const url = webhookAddress(text);
      return { origin: url.origin, allowed: own || (await this.#consent(url).given()) };
    } catch (error) {
      if (!isPipelineError(error)) throw error;
      return { origin: '', allowed: false, fault: `${error.message} ${error.remedy}` };
    }
  }

  /**
   * The person lets this workspace tell the webhook that its configuration names. Returns its origin.
   * @throws PipelineError ILLEGAL_STATE without one, INVALID_CONFIGURATION, PERMISSION_DENIED
   */
  async allowWebhook(): Promise<string> {
    if (this.settings.webhook === '') {
      throw new PipelineError('ILLEGAL_STATE', 'No webhook is configured.', {
        subject: 'alerts.webhook',
        remedy: 'Name one in .claude-pm/config.json, or your own settings; nothing was changed.',
      });
    }
    const url = webhookAddress(this.settings.webhook);
    await this.#consent(url).give();
    await this.ports.audit.record('webhook.allowed', url.origin);
    return url.origin;
  }

  /** Tells the webhook of alerts that it was not told of; `undefined` without one that may be told, or without news. */
  async deliver(
    options: DeliverOptions = {},
  ): Promise<(PostOutcome & { readonly alerts: number }) | undefined> {
    const { address = '', secret, signal, pause, timeoutMilliseconds } = options;
    const state = await this.webhook({ address });
    if (state === undefined || !state.allowed) return undefined;
    const alerts = await claimDeliveries(this.ports, mostAtOnce);
    if (alerts.length === 0) return undefined;
    const { clock, hash } = this.ports;
    const outcome = await postWebhook({
      url: webhookAddress(address === '' ? this.settings.webhook : address),
      body: webhookPayload(this.root, alerts, clock.now().toISOString()),
      deliveryId: hash
        .sha256(alerts.map(({ alertId, raisedAt }) => `${alertId}${raisedAt}`).join())
        .slice(0, 32),
      secret,
      signal,
      ...(pause === undefined ? {} : { pause }),
      ...(timeoutMilliseconds === undefined ? {} : { timeoutMilliseconds }),
    });
    const at = clock.now().toISOString();
    for (const { alertId } of alerts) await noteDelivery(this.ports, alertId, { ...outcome, at });
    return { ...outcome, alerts: alerts.length };
  }

  #consent(url: URL) {
    return webhookConsent(this.root, this.home, url);
  }
}
