import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuleEvidence } from '../../../src/core/alerts/alertRule';
import {
  acknowledgeAlert,
  claimDeliveries,
  claimNotifications,
  noteDelivery,
} from '../../../src/core/alerts/claimAlerts';
import { reconcileAlerts } from '../../../src/core/alerts/reconcileAlerts';
import { AuditTrail } from '../../../src/core/audit/auditTrail';
import { alertsSettingSchema } from '../../../src/core/model/alertRules';
import { openFileStore } from '../../../src/node/fileStore';
import { nodeHash } from '../../../src/node/systemPorts';
import { FixedClock, MemoryAudit, MemoryStore } from '../support/memoryPorts';

const settings = alertsSettingSchema.parse({});

function evidence(paths: Iterable<string>): RuleEvidence {
  return {
    now: new Date('2026-11-01T12:00:00.000Z'),
    components: [],
    observations: [...paths].map((path) => ({ kind: 'unreadable', path, line: 1, reason: 'it is cut off' })),
    executions: [],
    reports: [],
    deployments: [],
    experiments: [],
    effects: [],
    audit: [],
  };
}

/** Two windows on one folder, each with a store of its own. */
async function withTwoWindows(
  test: (windows: readonly Window[], clock: FixedClock) => Promise<void>,
): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'alerts-'));
  const clock = new FixedClock();
  const stores = [];
  try {
    const windows: Window[] = [];
    for (let each = 0; each < 2; each += 1) {
      const store = await openFileStore(join(root, '.claude-pm'), { clock });
      stores.push(store);
      windows.push({ store, clock, hash: nodeHash, audit: new AuditTrail({ store, clock, hash: nodeHash }) });
    }
    await test(windows, clock);
  } finally {
    for (const store of stores) await store.close();
    await rm(root, { recursive: true, force: true });
  }
}
type Window = Parameters<typeof reconcileAlerts>[0];

function memory(): Window & {
  readonly store: MemoryStore;
  readonly clock: FixedClock;
  readonly audit: MemoryAudit;
} {
  return { store: new MemoryStore(), clock: new FixedClock(), hash: nodeHash, audit: new MemoryAudit() };
}

describe('an event', () => {
  it('is raised and shown once, by two windows that check at the same time, whatever comes and goes', async () => {
    const names = ['a.json', 'b.json', 'c.json'];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.subarray(names), { minLength: 1, maxLength: 5 }), async (course) => {
        await withTwoWindows(async (windows, clock) => {
          const shown: string[] = [];
          let begins = 0;
          let before = new Set<string>();
          for (const now of course) {
            await Promise.all(windows.map((window) => reconcileAlerts(window, settings, evidence(now))));
            const claimed = await Promise.all(windows.map((window) => claimNotifications(window)));
            shown.push(...claimed.flat().map(({ subject }) => subject));
            begins += now.filter((path) => !before.has(path)).length;
            before = new Set(now);
            clock.advance(60_000);
          }
          const [window] = windows;
          if (window === undefined) throw new Error('no window');
          const { records } = await window.store.readLog('audit');
          expect(records.filter(({ action }) => action === 'alert.raised')).toHaveLength(begins);
          expect(shown).toHaveLength(begins);
          const open = (await window.store.list('alerts')).records.filter(
            ({ resolvedAt }) => resolvedAt === null,
          );
          expect(open.map(({ subject }) => subject).sort()).toEqual([...before].sort());
        });
      }),
      { numRuns: 12 },
    );
  });

  it('is handed to one of two who are about to tell the webhook', async () => {
    await withTwoWindows(async (windows) => {
      const [first, second] = windows;
      if (first === undefined || second === undefined) throw new Error('two windows');
      await reconcileAlerts(first, settings, evidence(['a.json', 'b.json']));
      const claimed = await Promise.all([claimDeliveries(first, 50), claimDeliveries(second, 50)]);
      expect(claimed.flat()).toHaveLength(2);
    });
  });
});

describe('an alert', () => {
  it('keeps when it was raised, shown and acknowledged while it is seen again', async () => {
    const ports = memory();
    const [raised] = (await reconcileAlerts(ports, settings, evidence(['a.json']))).raised;
    await claimNotifications(ports);
    await acknowledgeAlert(ports, raised?.alertId ?? '');
    const begun = ports.clock.now().toISOString();
    ports.clock.advance(3_600_000);
    const [again] = (await reconcileAlerts(ports, settings, evidence(['a.json']))).open;
    expect(again).toMatchObject({ raisedAt: begun, notifiedAt: begun, acknowledgedAt: begun });
    expect(again?.lastSeenAt).toBe(ports.clock.now().toISOString());
  });

  it('is resolved when its condition ends or its rule is switched off, and is news when it comes again', async () => {
    const ports = memory();
    await reconcileAlerts(ports, settings, evidence(['a.json']));
    await claimNotifications(ports);
    expect((await reconcileAlerts(ports, settings, evidence([]))).resolved).toHaveLength(1);
    await reconcileAlerts(ports, settings, evidence(['a.json']));
    expect(await claimNotifications(ports)).toHaveLength(1);
    const off = alertsSettingSchema.parse({ rules: { corruptRecords: { enabled: false } } });
    expect((await reconcileAlerts(ports, off, evidence(['a.json']))).open).toEqual([]);
  });

  it('has the severity that is set', async () => {
    const set = alertsSettingSchema.parse({ rules: { corruptRecords: { severity: 'error' } } });
    const [alert] = (await reconcileAlerts(memory(), set, evidence(['a.json']))).open;
    expect(alert?.severity).toBe('error');
  });

  it('is forgotten so many days after it was resolved', async () => {
    const ports = memory();
    await reconcileAlerts(ports, settings, evidence(['a.json']));
    await reconcileAlerts(ports, settings, evidence([]));
    ports.clock.advance(settings.keepResolvedDays * 86_400_000);
    await reconcileAlerts(ports, settings, evidence([]));
    expect((await ports.store.list('alerts')).records).toHaveLength(1);
    ports.clock.advance(1);
    await reconcileAlerts(ports, settings, evidence([]));
    expect((await ports.store.list('alerts')).records).toEqual([]);
  });

  it('is not shown to somebody who wants to hear nothing of its rule, now or later', async () => {
    const ports = memory();
    await reconcileAlerts(ports, settings, evidence(['a.json']));
    expect(await claimNotifications(ports, new Set(['corruptRecords']))).toEqual([]);
    expect(await claimNotifications(ports)).toEqual([]);
  });

  it('whose delivery died with its process is delivered by the next, and one that ended is not', async () => {
    const ports = memory();
    await reconcileAlerts(ports, settings, evidence(['a.json']));
    const [claimed] = await claimDeliveries(ports, 50);
    ports.clock.advance(600_000);
    expect(await claimDeliveries(ports, 50)).toEqual([]);
    ports.clock.advance(1);
    expect(await claimDeliveries(ports, 50)).toHaveLength(1);
    const at = ports.clock.now().toISOString();
    await noteDelivery(ports, claimed?.alertId ?? '', {
      state: 'failed',
      at,
      attempts: 3,
      detail: 'status 500',
    });
    ports.clock.advance(86_400_000);
    expect(await claimDeliveries(ports, 50)).toEqual([]);
  });

  it('changes nothing on disk when it is seen again at once', async () => {
    const ports = memory();
    await reconcileAlerts(ports, settings, evidence(['a.json']));
    const before = ports.store.snapshot();
    await reconcileAlerts(ports, settings, evidence(['a.json']));
    expect(ports.store.snapshot()).toBe(before);
  });
});
