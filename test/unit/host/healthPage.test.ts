import { fromMarkdown } from 'mdast-util-from-markdown';
import { expect, it } from 'vitest';
import type { Alert } from '../../../src/core/model/alert';
import type { Health } from '../../../src/core/model/execution';
import { healthPage } from '../../../src/host/health/healthPage';

const attack =
  '[x](command:evil) <img src=x onerror=1> ![i](https://e/x) | cell | `code` **bold**\n# heading';
const time = '2026-11-01T12:00:00.000Z';
const health: Health = {
  schemaVersion: 1,
  healthId: 'h',
  checkedAt: time,
  status: 'failing',
  components: [
    { name: 'Disk', status: 'failing', detail: attack, checkedBy: 'asked the file system', since: time },
  ],
  alerts: [
    { severity: 'error', message: 'known', remedy: 'r', alertId: 'al_1' },
    { severity: 'error', message: `The alerts could not be kept: ${attack}`, remedy: 'Make room.' },
  ],
};
const alert: Alert = {
  schemaVersion: 1,
  alertId: 'al_1',
  rule: 'drift',
  severity: 'warning',
  subject: 's',
  event: 'e',
  message: `A ${attack}`,
  remedy: attack,
  raisedAt: time,
  lastSeenAt: time,
  resolvedAt: null,
  notifiedAt: null,
};

function typesOf(markdown: string): Set<string> {
  const types = new Set<string>();
  const visit = (node: { type: string; children?: { type: string }[] }): void => {
    types.add(node.type);
    for (const child of node.children ?? []) visit(child);
  };
  visit(fromMarkdown(markdown));
  return types;
}

it('tells what was found, what was done to find out, and what to do', () => {
  const page = healthPage(health, [alert]);
  for (const part of ['failing', 'Disk', 'asked the file system', 'What to do', 'drift', '2 open alerts'])
    expect(page).toContain(part);
  // One that has a record is not told twice.
  expect(page).not.toContain('known');
});

it('shows untrusted text as text', () => {
  const types = typesOf(healthPage(health, [alert]));
  for (const type of ['link', 'image', 'html']) expect(types.has(type), type).toBe(false);
  expect(healthPage(health, [alert]).match(/^# /gm)).toHaveLength(1);
  const [row] = healthPage(health, [])
    .split('\n')
    .filter((line) => line.startsWith('| Disk'));
  expect(row?.match(/(?<!\\)\|/g)).toHaveLength(6);
});
