import { describe, expect, it } from 'vitest';
import { AuditTrail } from '../../../src/core/audit/auditTrail';
import type { CorrectionSource } from '../../../src/core/capture/correctionSource';
import { PipelineError } from '../../../src/core/errors';
import { healthChecks } from '../../../src/core/health/registry';
import type { SourceName } from '../../../src/core/model/common';
import type { Execution } from '../../../src/core/model/execution';
import { samplePattern } from '../report/samples';
import { memoryPorts } from '../support/memoryPorts';
import { hunk, propose, workbench } from '../support/workbench';
import { component, healthOf } from './support';

const agent = '---\nname: qa\ndescription: Tests\n---\n# QA\n\nTest it.\n';
const path = '.claude/agents/qa.md';

const full = () => {
  throw new PipelineError('STORAGE_FAILED', 'Could not write: the disk is full (ENOSPC).', {
    subject: '.claude-pm',
    remedy: 'Make room.',
  });
};

function execution(status: Execution['status'], startedAt: string, endedAt: string | null): Execution {
  return {
    schemaVersion: 1,
    executionId: 'e_1',
    trigger: 'test',
    status,
    startedAt,
    endedAt,
    agents: [],
    stages: [],
  };
}

describe('every component', () => {
  it('says what was done to find out, how long it took and since when it is so', async () => {
    const { components } = await healthOf(memoryPorts());
    expect(components.map(({ name }) => name)).toEqual(healthChecks.map(({ name }) => name));
    for (const each of components) {
      expect(each.checkedBy?.length, each.name).toBeGreaterThan(10);
      expect(each.durationMs, each.name).toBeGreaterThanOrEqual(0);
      expect(each.since, each.name).toBeDefined();
    }
  });

  it('keeps since when its status holds, until that changes', async () => {
    const ports = memoryPorts();
    const begun = ports.clock.now().toISOString();
    await healthOf(ports);
    ports.clock.advance(3_600_000);
    const later = ports.clock.now().toISOString();
    const probes = { diskSpace: async () => ({ free: 0, total: 100 }) };
    const { components } = await healthOf(ports, { probes });
    const since = (name: string) => components.find((each) => each.name === name)?.since;
    expect(since('Store')).toBe(begun);
    expect(since('Disk')).toBe(later);
  });

  it('that throws is failing and says why; the others go on', async () => {
    const probes = {
      diskSpace: async () => {
        throw new TypeError('statfs is not a function');
      },
    };
    const { components, status, alerts } = await healthOf(memoryPorts(), { probes });
    expect(components).toHaveLength(healthChecks.length);
    expect(components.find(({ name }) => name === 'Disk')).toMatchObject({
      status: 'failing',
      detail: expect.stringContaining('statfs is not a function'),
    });
    expect(status).toBe('failing');
    expect(alerts).toContainEqual(expect.objectContaining({ rule: 'failingComponent', subject: 'Disk' }));
  });

  it('can be asked alone, by a name in any case; another name is an error that lists them', async () => {
    const { components, alerts } = await healthOf(memoryPorts(), { checks: ['disk', 'CLOCK'] });
    expect(components.map(({ name }) => name)).toEqual(['Disk', 'Clock']);
    expect(alerts).toEqual([]);
    await expect(healthOf(memoryPorts(), { checks: ['nope'] })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      remedy: expect.stringContaining('Store'),
    });
  });
});

describe('the store', () => {
  it('is healthy when a record can be written, read back and removed, and leaves nothing behind', async () => {
    const ports = memoryPorts();
    expect(await component('Store', ports)).toMatchObject({ status: 'healthy' });
    expect((await ports.store.list('health')).records).toEqual([]);
  });

  it('is failing on a full disk, and tells all the same', async () => {
    const ports = memoryPorts();
    ports.store.fault = full;
    const health = await healthOf(ports);
    expect(health.components[0]).toMatchObject({ name: 'Store', status: 'failing' });
    expect(health.components[0]?.detail).toContain('ENOSPC');
    expect(health.alerts.map(({ message }) => message).join()).toMatch(/could not be kept.*ENOSPC/);
  });

  it('is failing when what was written is read back otherwise, or cannot be removed', async () => {
    const ports = memoryPorts();
    const { get } = ports.store;
    ports.store.get = async (collection, id) => {
      const record = await get.call(ports.store, collection, id);
      return record && ({ ...record, status: 'healthy' } as never);
    };
    expect(await component('Store', ports)).toMatchObject({ status: 'failing' });
  });

  it('is degraded by a record that cannot be read', async () => {
    const ports = memoryPorts();
    ports.store.unreadable.push({ path: '.claude-pm/x.json', line: 3, reason: 'it is not valid JSON' });
    const health = await healthOf(ports);
    expect(health.components[0]).toMatchObject({ status: 'degraded' });
    expect(health.alerts.map(({ message }) => message)).toContain(
      '.claude-pm/x.json:3: it is not valid JSON',
    );
  });
});

describe('the components of the loop', () => {
  it('PatternAnalyzer is degraded when a pattern rests on a correction that is gone', async () => {
    const ports = memoryPorts();
    expect(await component('PatternAnalyzer', ports)).toMatchObject({ status: 'unknown' });
    await ports.store.put('patterns', samplePattern('p1'));
    expect(await component('PatternAnalyzer', ports)).toMatchObject({
      status: 'degraded',
      detail: expect.stringContaining('p1'),
    });
  });

  it('PromptImprover is degraded when the text before is lost', async () => {
    const bench = workbench({ [path]: agent });
    await bench.templates.adopt();
    const { baseHash } = await propose(bench, 'claude-agents-qa', [
      hunk('h1', 6, 'Test it.\n', 'Test all.\n'),
    ]);
    expect(await component('PromptImprover', bench)).toMatchObject({ status: 'healthy' });
    bench.store.contents.delete(baseHash);
    expect(await component('PromptImprover', bench)).toMatchObject({
      status: 'degraded',
      detail: expect.stringContaining('imp-1'),
    });
  });

  it('PromptTemplateManager is degraded when a deployed version’s text is lost', async () => {
    const bench = workbench({ [path]: agent });
    await bench.templates.adopt();
    expect(await component('PromptTemplateManager', bench)).toMatchObject({ status: 'healthy' });
    bench.store.contents.clear();
    expect(await component('PromptTemplateManager', bench)).toMatchObject({
      status: 'degraded',
      detail: expect.stringContaining('claude-agents-qa@1.0.0'),
    });
  });

  it('PromptImprovementPipeline goes by the last run, and sees one that never ended', async () => {
    const ports = memoryPorts({ now: '2026-11-01T12:00:00.000Z' });
    const { store } = ports;
    const stateAfter = async (record: Execution) => {
      await store.put('executions', record);
      return (await component('PromptImprovementPipeline', ports)).status;
    };
    expect(await stateAfter(execution('completed', '2026-11-01T09:00:00Z', '2026-11-01T09:01:00Z'))).toBe(
      'healthy',
    );
    expect(await stateAfter(execution('failed', '2026-11-01T09:00:00Z', '2026-11-01T09:01:00Z'))).toBe(
      'failing',
    );
    expect(await stateAfter(execution('partial', '2026-11-01T09:00:00Z', '2026-11-01T09:01:00Z'))).toBe(
      'degraded',
    );
    expect(await stateAfter(execution('running', '2026-11-01T10:00:01Z', null))).toBe('unknown');
    expect(await stateAfter(execution('running', '2026-11-01T09:59:59Z', null))).toBe('degraded');
  });
});

describe('the targets', () => {
  async function adopted() {
    const bench = workbench({ [path]: agent });
    await bench.templates.adopt();
    return bench;
  }

  it('are healthy while they hold what was deployed', async () => {
    expect(await component('Targets', await adopted())).toMatchObject({ status: 'healthy' });
  });

  it('are degraded by an edit from outside, with all three ways out', async () => {
    const bench = await adopted();
    bench.promptFiles.set(path, `${agent}\nMore.\n`);
    const { components, alerts } = await healthOf(bench);
    expect(components.find(({ name }) => name === 'Targets')).toMatchObject({ status: 'degraded' });
    const [drift] = alerts.filter(({ rule }) => rule === 'drift');
    expect(drift).toMatchObject({ subject: 'claude-agents-qa', message: expect.stringContaining('1.0.0') });
    expect(drift?.remedy).toMatch(/adopt.*roll back.*deploy again/);
    await bench.templates.adopt();
    expect((await healthOf(bench)).alerts).toEqual([]);
  });

  it('are degraded when one is gone', async () => {
    const bench = await adopted();
    bench.promptFiles.files.delete(path);
    const { alerts } = await healthOf(bench);
    expect(alerts).toContainEqual(
      expect.objectContaining({ rule: 'drift', message: expect.stringContaining('is gone') }),
    );
  });

  it.each([
    ['loses its name', '---\ndescription: Tests\n---\n# QA\n', 'has no name'],
    ['loses its description', '---\nname: qa\n---\n# QA\n', 'has no description'],
    ['loses its frontmatter', '# QA\n', 'has no name'],
    ['never ends its frontmatter', '---\nname: qa\ndescription: Tests\n# QA\n', 'never ends'],
    ['is emptied', ' \n', 'is empty'],
  ])('are failing when an agent’s file %s', async (_what, text, reason) => {
    const bench = await adopted();
    bench.promptFiles.set(path, text);
    const { components, alerts } = await healthOf(bench);
    expect(components.find(({ name }) => name === 'Targets')).toMatchObject({ status: 'failing' });
    expect(alerts).toContainEqual(
      expect.objectContaining({ rule: 'brokenTarget', message: expect.stringContaining(reason) }),
    );
  });

  it('are failing when a file is no text, cannot be read, or cannot be written', async () => {
    const bench = await adopted();
    const unwritable = async () => 'permission was denied (EACCES)';
    expect(await component('Targets', bench, { probes: { unwritable } })).toMatchObject({
      status: 'failing',
    });
    bench.promptFiles.set(path, Uint8Array.of(0x23, 0x0a, 0xff, 0xfe));
    expect((await healthOf(bench)).alerts).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining(`${path}:2: it is not UTF-8`) }),
    );
    bench.promptFiles.fault = () => {
      throw new PipelineError('PERMISSION_DENIED', `Could not read ${path}.`, {
        subject: path,
        remedy: 'Allow it.',
      });
    };
    expect(await component('Targets', bench)).toMatchObject({ status: 'failing' });
  });
});

describe('the disk and the clock', () => {
  it.each([
    { free: 2_000_000_000, total: 100_000_000_000, status: 'healthy' },
    { free: 1_999_999_999, total: 100_000_000_000, status: 'degraded' },
    { free: 49_999_999, total: 60_000_000, status: 'degraded' },
    { free: 4_000_000, total: 100_000_000_000, status: 'failing' },
  ])('with $free of $total bytes free the disk is $status', async ({ free, total, status }) => {
    const probes = { diskSpace: async () => ({ free, total }) };
    expect(await component('Disk', memoryPorts(), { probes })).toMatchObject({ status });
  });

  it('the clock is failing when it went back behind the log of changes', async () => {
    const ports = memoryPorts();
    await new AuditTrail(ports).record('test.changed', 's');
    ports.clock.advance(-300_000);
    expect(await component('Clock', ports)).toMatchObject({ status: 'healthy' });
    ports.clock.advance(-1);
    expect(await component('Clock', ports)).toMatchObject({
      status: 'failing',
      detail: expect.stringContaining('went back'),
    });
  });

  it('the clock is degraded by a record of the future, which is named', async () => {
    const ports = memoryPorts({ now: '2026-11-01T12:00:00.000Z' });
    await ports.store.put(
      'executions',
      execution('completed', '2027-01-01T00:00:00Z', '2027-01-01T00:00:01Z'),
    );
    expect(await component('Clock', ports)).toMatchObject({
      status: 'degraded',
      detail: expect.stringContaining('e_1'),
    });
  });
});

describe('the log of changes', () => {
  it('is failing when an entry was changed, and names it', async () => {
    const ports = memoryPorts();
    const trail = new AuditTrail(ports);
    for (const subject of ['a', 'b', 'c']) await trail.record('test.changed', subject);
    expect(await component('Audit', ports)).toMatchObject({ status: 'healthy' });
    const { readLog } = ports.store;
    ports.store.readLog = async (log) => {
      const listing = await readLog.call(ports.store, log);
      const records = listing.records.map((each, index) => (index === 1 ? { ...each, subject: 'x' } : each));
      return { ...listing, records } as never;
    };
    expect(await component('Audit', ports)).toMatchObject({
      status: 'failing',
      detail: expect.stringContaining('memory-1'),
    });
  });
});

function source(
  name: SourceName,
  files: readonly string[],
  trouble: readonly string[] = [],
): CorrectionSource {
  return {
    name,
    locate: async () => ({
      files,
      skipped: trouble.map((reason) => ({ path: '/sessions', line: 0, reason })),
    }),
    open: () => Promise.reject(new Error('not read')),
    watched: async () => [],
  };
}

describe('the sources', () => {
  const changedAt = (days: number) => async () => Date.parse('2026-11-01T12:00:00.000Z') - days * 86_400_000;

  it('are healthy while what is unread is young, and degraded when it has waited', async () => {
    const sources = [source('codex', ['/sessions/a.jsonl'])];
    const young = await healthOf(memoryPorts(), { sources, probes: { changedAt: changedAt(6.9) } });
    expect(young.components.find(({ name }) => name === 'Sources')).toMatchObject({
      status: 'healthy',
      detail: expect.stringContaining('unread'),
    });
    expect(young.alerts).toEqual([]);
    const old = await healthOf(memoryPorts(), { sources, probes: { changedAt: changedAt(7.1) } });
    expect(old.components.find(({ name }) => name === 'Sources')).toMatchObject({ status: 'degraded' });
    expect(old.alerts).toContainEqual(expect.objectContaining({ rule: 'staleSource', subject: 'codex' }));
  });

  it('are healthy when the newest session was imported', async () => {
    const ports = memoryPorts();
    await ports.store.append('sessions', [
      {
        schemaVersion: 1,
        sessionId: 's',
        source: 'codex',
        path: '/sessions/a.jsonl',
        startedAt: '2026-01-01T00:00:00Z',
        endedAt: '2026-01-01T00:00:00Z',
        interactions: {},
      },
    ]);
    const sources = [source('codex', ['/sessions/a.jsonl'])];
    const found = await component('Sources', ports, { sources, probes: { changedAt: changedAt(100) } });
    expect(found).toMatchObject({ status: 'healthy' });
    expect(found.detail).not.toContain('unread');
  });

  it('are degraded when a place may not be read, and unknown without any session', async () => {
    const denied = [source('codex', [], ['permission was denied (EACCES)'])];
    expect(await component('Sources', memoryPorts(), { sources: denied })).toMatchObject({
      status: 'degraded',
    });
    expect(await component('Sources', memoryPorts())).toMatchObject({ status: 'unknown' });
  });
});

describe('the model', () => {
  const probing = (
    probe: () => Promise<{ state: 'reachable' | 'not-listed' | 'not-probed'; detail: string }>,
  ) => ({
    model: { id: 'ollama:m', probe },
  });

  it.each([
    ['reachable', 'healthy'],
    ['not-listed', 'degraded'],
    ['not-probed', 'unknown'],
  ] as const)('that is %s is %s', async (state, status) => {
    const found = await component(
      'Model',
      memoryPorts(),
      probing(async () => ({ state, detail: state })),
    );
    expect(found).toMatchObject({ status, detail: `ollama:m: ${state}` });
  });

  it('that refuses is failing; none is no fault', async () => {
    expect(
      await component(
        'Model',
        memoryPorts(),
        probing(async () => full()),
      ),
    ).toMatchObject({ status: 'failing' });
    expect(await component('Model', memoryPorts())).toMatchObject({ status: 'healthy' });
  });
});

describe('the webhook', () => {
  it('shows that deliveries fail, and raises no alert for it', async () => {
    const ports = memoryPorts();
    const webhook = { origin: 'https://example.com', allowed: true };
    expect(await component('Webhook', ports, { webhook })).toMatchObject({ status: 'unknown' });
    const probes = { diskSpace: async () => ({ free: 0, total: 100 }) };
    await healthOf(ports, { webhook, probes });
    const [alert] = (await ports.store.list('alerts')).records;
    if (alert === undefined) throw new Error('no alert');
    const failed = {
      state: 'failed',
      at: '2026-11-01T12:00:00.000Z',
      attempts: 3,
      detail: 'status 500',
    } as const;
    await ports.store.put('alerts', { ...alert, webhook: failed });
    const { components, alerts } = await healthOf(ports, { webhook, probes });
    expect(components.find(({ name }) => name === 'Webhook')).toMatchObject({
      status: 'degraded',
      detail: expect.stringContaining('status 500'),
    });
    expect(alerts).toHaveLength(1);
  });

  it('is degraded until the person allows it, and failing without an address', async () => {
    const state = (more: object) =>
      component('Webhook', memoryPorts(), { webhook: { origin: 'o', allowed: false, ...more } });
    expect(await state({})).toMatchObject({ status: 'degraded' });
    expect(await state({ fault: 'No https.' })).toMatchObject({ status: 'failing', detail: 'No https.' });
  });
});

it('forgets checks of health after thirty days', async () => {
  const ports = memoryPorts();
  await healthOf(ports);
  ports.clock.advance(31 * 86_400_000);
  await healthOf(ports);
  expect((await ports.store.list('health')).records).toHaveLength(1);
});
