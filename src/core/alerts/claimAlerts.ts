import { PipelineError } from '../errors';
import type { Alert, WebhookDelivery } from '../model/alert';
import type { AlertPorts } from './reconcileAlerts';
import { inOrderOfGravity } from './reconcileAlerts';

/** A delivery that began so long ago has died with its process. Milliseconds. */
const deliveryGivenUpAfter = 600_000;

/**
 * Open alerts that no window has shown yet; from now on they count as shown. Of two windows that ask at the same time one gets each.
 * @param silent rules that this person does not want to be told of: they count as shown
 * @throws PipelineError LOCKED, PERMISSION_DENIED, STORAGE_FAILED
 */
export function claimNotifications(
  { store, clock }: Pick<AlertPorts, 'store' | 'clock'>,
  silent: ReadonlySet<string> = new Set(),
): Promise<readonly Alert[]> {
  return store.exclusive(async () => {
    const now = clock.now().toISOString();
    const waiting = (await store.list('alerts')).records.filter(
      ({ resolvedAt, notifiedAt, acknowledgedAt }) =>
        resolvedAt === null && notifiedAt === null && acknowledgedAt === undefined,
    );
    for (const alert of waiting) await store.put('alerts', { ...alert, notifiedAt: now });
    return inOrderOfGravity(waiting.filter(({ rule }) => !silent.has(rule)));
  });
}

/**
 * Open alerts that the webhook was not told of; from now on somebody is about to. At most `most`, the gravest first.
 * @throws PipelineError LOCKED, PERMISSION_DENIED, STORAGE_FAILED
 */
export function claimDeliveries(
  { store, clock }: Pick<AlertPorts, 'store' | 'clock'>,
  most: number,
): Promise<readonly Alert[]> {
  return store.exclusive(async () => {
    const now = clock.now();
    const abandoned = ({ state, at }: WebhookDelivery) =>
      state === 'sending' && now.getTime() - Date.parse(at) > deliveryGivenUpAfter;
    const waiting = (await store.list('alerts')).records.filter(
      ({ resolvedAt, webhook }) => resolvedAt === null && (webhook === undefined || abandoned(webhook)),
    );
    const taken = inOrderOfGravity(waiting).slice(0, most);
    const sending: WebhookDelivery = { state: 'sending', at: now.toISOString(), attempts: 0, detail: '' };
    for (const alert of taken) await store.put('alerts', { ...alert, webhook: sending });
    return taken;
  });
}

/** Notes how telling the webhook of an alert ended. */
export function noteDelivery(
  { store, audit }: Pick<AlertPorts, 'store' | 'audit'>,
  alertId: string,
  webhook: WebhookDelivery,
): Promise<void> {
  return store.exclusive(async () => {
    const alert = await store.get('alerts', alertId);
    if (alert === undefined) return;
    await store.put('alerts', { ...alert, webhook });
    await audit.record(`alert.webhook-${webhook.state}`, alertId, { attempts: webhook.attempts });
  });
}

/**
 * A person knows of it: it stays open, and is not shown as news.
 * @throws PipelineError NOT_FOUND
 */
export function acknowledgeAlert({ store, audit, clock }: AlertPorts, alertId: string): Promise<Alert> {
  return store.exclusive(async () => {
    const alert = await store.get('alerts', alertId);
    if (alert === undefined) {
      throw new PipelineError('NOT_FOUND', `There is no alert ${alertId}.`, {
        subject: alertId,
        remedy: 'List them with "claude-pm-prompts health"; nothing was changed.',
      });
    }
    if (alert.acknowledgedAt !== undefined) return alert;
    const after = { ...alert, acknowledgedAt: clock.now().toISOString() };
    await store.put('alerts', after);
    await audit.record('alert.acknowledged', alertId, { rule: alert.rule });
    return after;
  });
}
