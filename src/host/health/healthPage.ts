import type { Alert } from '../../core/model/alert';
import type { Health, HealthStatus } from '../../core/model/execution';
import { markdownText } from '../markdownText';
import { plural } from '../plural';

const words: Readonly<Record<HealthStatus, string>> = {
  healthy: '✓ healthy',
  degraded: '⚠ degraded',
  failing: '✗ failing',
  unknown: '– unknown',
};

/** In a cell of a table. */
const cell = (text: string) => markdownText(text);

function componentRow({ name, status, detail, checkedBy, since }: Health['components'][number]): string {
  return `| ${cell(name)} | ${words[status]} | ${cell(detail)} | ${cell(checkedBy ?? '')} | ${cell(since ?? '')} |`;
}

function alertItem({ severity, message, remedy, raisedAt, acknowledgedAt, rule }: Alert): string {
  const known = acknowledgedAt === undefined ? '' : ', acknowledged';
  return `- **${severity}** ${markdownText(message)}\n  - What to do: ${markdownText(remedy)}\n  - Rule \`${rule.replaceAll('`', '')}\`, since ${markdownText(raisedAt)}${known}`;
}

/** Alerts of the answer that have no record: what could not be kept, and records beyond those that have their own. */
function others({ alerts }: Health, open: readonly Alert[]): readonly string[] {
  const known = new Set(open.map(({ alertId }) => alertId));
  return alerts
    .filter(({ alertId }) => alertId === undefined || !known.has(alertId))
    .map(
      ({ severity, message, remedy }) =>
        `- **${severity}** ${markdownText(message)}\n  - What to do: ${markdownText(remedy)}`,
    );
}

const order: readonly HealthStatus[] = ['failing', 'degraded', 'unknown', 'healthy'];

/** Each state's components in the order in which they were checked. */
function gravestFirst(components: Health['components']): Health['components'] {
  return components.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
}

/** Health as a page of Markdown: alerts with their remedies, then each component with what was done to find out. All text in it is untrusted. */
export function healthPage(health: Health, open: readonly Alert[]): string {
  const items = [...open.map(alertItem), ...others(health, open)];
  return [
    `# Health: ${words[health.status]}`,
    '',
    `Checked at ${markdownText(health.checkedAt)}.`,
    '',
    `## ${items.length === 0 ? 'No alert is open' : `${plural(items.length, 'open alert')}`}`,
    '',
    ...items,
    '',
    '## Components',
    '',
    '| Component | State | What was found | What was done to find out | Since |',
    '|---|---|---|---|---|',
    ...gravestFirst(health.components).map(componentRow),
    '',
    'Rules, their severity and thresholds are set in `alerts.rules` of the settings or of `.claude-pm/config.json`.',
    '',
  ].join('\n');
}
