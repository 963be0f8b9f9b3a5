import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RuleEvidence } from '../../../src/core/alerts/alertRule';
import { reconcileAlerts } from '../../../src/core/alerts/reconcileAlerts';
import type { Alert } from '../../../src/core/model/alert';
import { alertsSettingSchema } from '../../../src/core/model/alertRules';
import { AlertDesk } from '../../../src/node/alerts/alertDesk';
import { deliveryHeader, signatureHeader } from '../../../src/node/alerts/postWebhook';
import { webhookAddress } from '../../../src/node/alerts/webhookAddress';
import { webhookPayload } from '../../../src/node/alerts/webhookPayload';
import { memoryPorts } from '../support/memoryPorts';
import { temporaryFolder } from '../support/sampleWorkspace';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Answers with these statuses in their order, the last again and again; 0 hangs up, -1 never answers. */
async function receiver(...statuses: readonly number[]): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const status = statuses[Math.min(received.length, statuses.length - 1)] ?? 204;
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      if (status === 0) request.socket.destroy();
      else if (status > 0)
        response.writeHead(status, status === 302 ? { location: 'https://example.com/' } : {}).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}/hook?token=t0p`, received };
}

function desk(webhook = '', ports = memoryPorts(), home = temporaryFolder()) {
  const settings = alertsSettingSchema.parse({ webhook });
  const made = new AlertDesk(ports, settings, '/work/project', home);
  return { desk: made, ports, home, raise: () => reconcileAlerts(ports, settings, aFailedRun) };
}

/** What a check of health finds after a run that failed: one alert. */
const aFailedRun: RuleEvidence = {
  now: new Date('2026-11-01T12:00:00.000Z'),
  components: [],
  observations: [],
  executions: [
    {
      schemaVersion: 1,
      executionId: 'e_failed',
      trigger: 'test',
      status: 'failed',
      startedAt: '2026-11-01T11:00:00.000Z',
      endedAt: '2026-11-01T11:01:00.000Z',
      agents: [],
      stages: [],
    },
  ],
  reports: [],
  deployments: [],
  effects: [],
  experiments: [],
  audit: [],
};
const pause = async () => undefined;

async function delivered(statuses: readonly number[], secret?: string) {
  const { url, received } = await receiver(...statuses);
  const made = desk();
  const [alert] = (await made.raise()).raised;
  const outcome = await made.desk.deliver({ address: url, secret, pause, timeoutMilliseconds: 2000 });
  const kept = await made.ports.store.get('alerts', alert?.alertId ?? '');
  return { ...made, url, received, outcome, kept };
}

describe('the webhook', () => {
  it('is posted the new alerts, signed with the secret', async () => {
    const { received, outcome, kept } = await delivered([204], 's3cret');
    expect(outcome).toMatchObject({ state: 'sent', attempts: 1, alerts: 1 });
    const [post] = received;
    const expected = createHmac('sha256', 's3cret')
      .update(post?.body ?? '')
      .digest('hex');
    expect(post?.headers[signatureHeader]).toBe(`sha256=${expected}`);
    expect(post?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(post?.body ?? '')).toMatchObject({
      workspace: 'project',
      alerts: [{ alertId: kept?.alertId, rule: 'failedRun', severity: 'error', subject: 'e_failed' }],
    });
    expect(kept?.webhook).toMatchObject({ state: 'sent', attempts: 1, detail: 'status 204' });
  });

  it('bears no signature without a secret', async () => {
    const { received } = await delivered([204]);
    expect(received[0]?.headers[signatureHeader]).toBeUndefined();
  });

  it.each([
    { statuses: [500, 503, 200], attempts: 3, state: 'sent' },
    { statuses: [429, 200], attempts: 2, state: 'sent' },
    { statuses: [0, 200], attempts: 2, state: 'sent' },
    { statuses: [500], attempts: 3, state: 'failed' },
    { statuses: [400], attempts: 1, state: 'failed' },
    { statuses: [302], attempts: 1, state: 'failed' },
  ])('that answers $statuses is $state after $attempts attempts', async ({ statuses, attempts, state }) => {
    const { received, outcome, kept } = await delivered(statuses);
    expect(outcome).toMatchObject({ state, attempts });
    expect(received).toHaveLength(attempts);
    expect(new Set(received.map(({ headers }) => headers[deliveryHeader])).size).toBe(1);
    expect(kept?.webhook?.state).toBe(state);
  });

  it('that never answers is given up after the time limit', async () => {
    const { url, received } = await receiver(-1);
    const made = desk();
    await made.raise();
    const outcome = await made.desk.deliver({ address: url, pause, timeoutMilliseconds: 30 });
    expect(outcome).toMatchObject({ state: 'failed', attempts: 3, detail: 'no answer in time' });
    expect(received.length).toBeLessThanOrEqual(3);
  });

  it('that failed raises nothing, is not asked again for the same alert, and keeps no address with a token', async () => {
    const { desk: kept, ports, url, received } = await delivered([500]);
    await kept.deliver({ address: url, pause });
    expect(received).toHaveLength(3);
    expect((await kept.list()).records).toHaveLength(1);
    expect(ports.store.snapshot()).not.toContain('t0p');
    expect(JSON.stringify(ports.audit.entries)).not.toContain('t0p');
  });

  it('is told nothing without news', async () => {
    const { url, received } = await receiver(204);
    expect(await desk().desk.deliver({ address: url, pause })).toBeUndefined();
    expect(received).toEqual([]);
  });
});

describe('an address', () => {
  it.each([
    'http://example.com/hook',
    'http://localhost.example.com/',
    'http://127.0.0.1.example.com/',
    'http://10.0.0.1/',
    'https://user:pass@example.com/',
    'ftp://localhost/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'not an address',
  ])('is refused: %s', async (text) => {
    expect(() => webhookAddress(text)).toThrow(expect.objectContaining({ code: 'INVALID_CONFIGURATION' }));
    const { desk: made, raise } = desk();
    await raise();
    expect(await made.webhook({ address: text })).toMatchObject({
      allowed: false,
      fault: expect.stringContaining('https'),
    });
    expect(await made.deliver({ address: text, pause })).toBeUndefined();
    expect((await made.list()).records[0]?.webhook).toBeUndefined();
  });

  it.each(['https://example.com/hook', 'http://localhost:8080/', 'http://127.0.0.1/x', 'http://[::1]:9/'])(
    'is taken: %s',
    (text) => {
      expect(webhookAddress(text).href).toContain(new URL(text).host);
    },
  );
});

describe('a webhook that comes with the folder', () => {
  it('is told nothing before the person says yes, and then', async () => {
    const { url, received } = await receiver(204);
    const made = desk(url);
    await made.raise();
    expect(await made.desk.webhook()).toMatchObject({ allowed: false });
    expect(await made.desk.deliver({ pause })).toBeUndefined();
    expect(received).toEqual([]);
    await made.desk.allowWebhook();
    expect(await made.desk.deliver({ pause })).toMatchObject({ state: 'sent' });
    expect(made.ports.audit.entries.map(({ action }) => action)).toContain('webhook.allowed');
  });

  it('is asked for again when it is another one', async () => {
    const { url } = await receiver(204);
    const made = desk(url);
    await made.desk.allowWebhook();
    expect(await desk(url, made.ports, made.home).desk.webhook()).toMatchObject({ allowed: true });
    expect(await desk(`${url}&more`, made.ports, made.home).desk.webhook()).toMatchObject({ allowed: false });
  });

  it('gives way to one of the person’s own, which needs no consent', async () => {
    const { url, received } = await receiver(204);
    const made = desk('https://example.com/');
    await made.raise();
    expect(await made.desk.deliver({ address: url, pause })).toMatchObject({ state: 'sent' });
    expect(received).toHaveLength(1);
  });
});

it('sends no text that may quote a file, whatever the alert’s message says', () => {
  const quoted = 'the words of a prompt';
  const rules = [
    'corruptRecords',
    'brokenTarget',
    'failingComponent',
    'brokenAudit',
    'observedHarm',
    'unheard-of',
  ];
  const alerts = rules.map(
    (rule) =>
      ({ alertId: 'a', rule, severity: 'error', subject: 's', message: quoted, raisedAt: 't' }) as Alert,
  );
  expect(webhookPayload('/home/ada/secret-parent/project', alerts, 't')).not.toMatch(
    /the words|secret-parent/,
  );
});
