import type { HealthCheck } from '../healthCheck';

/** So many last deliveries are looked at. */
const last = 5;

/** It tells of itself here and raises no alert: that would be one more that it cannot deliver. */
export const webhookCheck: HealthCheck = {
  name: 'Webhook',
  checkedBy: 'looked at how the last deliveries ended',
  async run({ webhook, records }) {
    if (webhook === undefined) return { status: 'healthy', detail: 'none is set' };
    if (webhook.fault !== undefined) return { status: 'failing', detail: webhook.fault };
    if (!webhook.allowed) {
      return {
        status: 'degraded',
        detail: `${webhook.origin} comes with this folder and is told nothing until you allow it`,
      };
    }
    const deliveries = (await records.list('alerts')).records
      .flatMap((alert) => (alert.webhook === undefined ? [] : [alert.webhook]))
      .filter(({ state }) => state !== 'sending')
      .toSorted((a, b) => (a.at < b.at ? 1 : -1))
      .slice(0, last);
    const newest = deliveries[0];
    if (newest === undefined)
      return { status: 'unknown', detail: `${webhook.origin} was not told of anything yet` };
    if (newest.state === 'sent')
      return { status: 'healthy', detail: `${webhook.origin} answered at ${newest.at}` };
    const failed = deliveries.filter(({ state }) => state === 'failed').length;
    return {
      status: 'degraded',
      detail: `${webhook.origin}: ${failed} of the last ${deliveries.length} deliveries failed, the newest at ${newest.at}: ${newest.detail}`,
    };
  },
};
