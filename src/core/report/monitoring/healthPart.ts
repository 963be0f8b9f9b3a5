import type { Health, HealthStatus } from '../../model/execution';
import type { Monitoring } from '../../monitoring/buildMonitoring';
import { plural } from '../format';
import { html, type Markup, nothing } from '../html';
import { dataTable, foldedTable } from './dataTable';
import { minute } from './units';

const words: Readonly<Record<HealthStatus, string>> = {
  healthy: '✓ healthy',
  degraded: '⚠ degraded',
  failing: '✗ failing',
  unknown: '– unknown',
};
/** Height of a check's bar in pixels: the worse, the taller, so that colour is not all that tells. */
const tall: Readonly<Record<HealthStatus, number>> = { healthy: 10, unknown: 6, degraded: 24, failing: 40 };
const shownChecks = 60;
const floor = 44;

function strip(health: readonly Health[]): Markup {
  const step = 100 / Math.max(health.length, 20);
  const bars = health.map(({ checkedAt, status }, index) => {
    const left = Math.round((index + 0.1) * step * 100) / 100;
    return html`<rect class="check ${status}" x="${left}%" y="${floor - tall[status]}" width="${Math.round(step * 80) / 100}%" height="${tall[status]}"><title>${minute(checkedAt)}: ${words[status]}</title></rect>`;
  });
  const bad = health.filter(({ status }) => status === 'degraded' || status === 'failing').length;
  const label = `The last ${plural(health.length, 'check')} of health, oldest first; ${bad} degraded or failing. The table has them.`;
  return html`<figure><svg role="img" aria-label="${label}" width="100%" height="${floor + 18}">${bars}<line class="axis" x1="0" x2="100%" y1="${floor}" y2="${floor}"/><text class="tick" x="0" y="${floor + 14}">${minute(health[0]?.checkedAt ?? '')} UTC; low is healthy, high is failing</text></svg></figure>`;
}

const names = ({ components }: Health, status: HealthStatus) =>
  components.filter((each) => each.status === status).map(({ name }) => name);

function checkRow(check: Health): readonly string[] {
  const { checkedAt, status, alerts } = check;
  return [
    minute(checkedAt),
    words[status],
    [...names(check, 'failing'), ...names(check, 'degraded')].join(', '),
    String(alerts.length),
  ];
}

/** The last check of health, and how it went before. */
export function healthPart({ health }: Pick<Monitoring, 'health'>): Markup {
  const last = health.at(-1);
  if (last === undefined)
    return html`<p class="quiet">Not measured yet: Check Health, or any run, checks every component.</p>`;
  const shown = health.slice(-shownChecks);
  return html`<p>${words[last.status]} at ${minute(last.checkedAt)} UTC.</p>${strip(shown)}${dataTable(
    'Components at the last check',
    ['Component', 'State', 'Since (UTC)', 'What was found'],
    last.components.map(({ name, status, since, detail }) => [
      name,
      words[status],
      since === undefined ? '' : minute(since),
      detail,
    ]),
  )}${foldedTable(
    'monitoring-checks',
    `The last ${plural(shown.length, 'check')}`,
    ['When (UTC)', 'State', 'Failing or degraded', 'Alerts'],
    shown.map(checkRow).reverse(),
  )}`;
}

export function alertsPart({
  alerts,
  resolvedAlerts,
}: Pick<Monitoring, 'alerts' | 'resolvedAlerts'>): Markup {
  const past =
    resolvedAlerts === 0
      ? nothing
      : html`<p class="quiet">${plural(resolvedAlerts, 'alert')} ${resolvedAlerts === 1 ? 'was' : 'were'} resolved.</p>`;
  if (alerts.length === 0) return html`<p>No alert is open.</p>${past}`;
  return html`${dataTable(
    'Open alerts',
    ['Alert', 'Severity', 'Since (UTC)', 'What to do', 'Rule'],
    alerts.map(({ message, severity, raisedAt, remedy, rule, acknowledgedAt }) => [
      message,
      html`<span class="tag severity-${severity === 'error' ? 'high' : severity === 'warning' ? 'medium' : 'low'}">${severity}</span>${acknowledgedAt === undefined ? '' : ' acknowledged'}`,
      minute(raisedAt),
      remedy,
      html`<code>${rule}</code>`,
    ]),
  )}${past}`;
}
