import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { collections, logs } from '../../../src/core/model/collections';
import type { Health } from '../../../src/core/model/execution';
import { openHealthProbes } from '../../../src/node/health/healthProbes';
import { openWorkspace } from '../../../src/node/openWorkspace';
import { nullLog } from '../../../src/node/systemPorts';
import { copySample, openFixed, temporaryFolder } from '../support/sampleWorkspace';

const isRoot = process.getuid?.() === 0;
const now = new Date('2026-11-01T12:00:00.000Z');
let sample: string;

beforeAll(async () => {
  sample = copySample();
  const workspace = await openWorkspace(sample, { log: nullLog, now, seed: 7, home: temporaryFolder() });
  await workspace.pipeline.run({ trigger: 'test' });
  await workspace.close();
});

/** The health of a copy of the sample after its run, once something was done to it. */
async function damaged(damage: (folder: string) => void): Promise<Health> {
  const folder = temporaryFolder();
  cpSync(sample, folder, { recursive: true });
  damage(folder);
  return (await openFixed(folder, { home: temporaryFolder() })).health();
}

const statusOf = (health: Health, name: string) =>
  health.components.find((each) => each.name === name)?.status;

describe('a workspace after a run', () => {
  it('is healthy in every component, and raises nothing', async () => {
    const health = await damaged(() => undefined);
    expect(health.components.filter(({ status }) => status !== 'healthy')).toEqual([]);
    expect(health.alerts).toEqual([]);
  });

  it('shows a torn line of a log, and keeps it', async () => {
    let segment = '';
    const health = await damaged((folder) => {
      const place = join(folder, '.claude-pm', logs.corrections.folder);
      segment = join(place, readdirSync(place)[0] ?? '');
      appendFileSync(segment, '{"schemaVersion":1,"correc');
    });
    expect(statusOf(health, 'Store')).toBe('degraded');
    expect(health.alerts).toContainEqual(
      expect.objectContaining({ rule: 'corruptRecords', message: expect.stringContaining('.jsonl:') }),
    );
    expect(readFileSync(segment, 'utf8')).toMatch(/\{"schemaVersion":1,"correc$/);
  });

  it('shows a log of changes in which one word was changed', async () => {
    const health = await damaged((folder) => {
      const place = join(folder, '.claude-pm', logs.audit.folder);
      const segment = join(place, readdirSync(place)[0] ?? '');
      writeFileSync(segment, readFileSync(segment, 'utf8').replace('template.adopted', 'template.adapted'));
    });
    expect(statusOf(health, 'Audit')).toBe('failing');
    expect(health.alerts).toContainEqual(expect.objectContaining({ rule: 'brokenAudit', severity: 'error' }));
  });

  it('shows a prompt that is gone, one that its tool cannot load, and one that was edited', async () => {
    const health = await damaged((folder) => {
      appendFileSync(join(folder, 'CLAUDE.md'), '\nBe brief.\n');
      const cleaner = join(folder, '.claude/agents/cleaner.md');
      writeFileSync(cleaner, readFileSync(cleaner, 'utf8').replace(/^description:/m, 'describe:'));
    });
    expect(statusOf(health, 'Targets')).toBe('failing');
    expect(health.alerts.map(({ rule, subject }) => [rule, subject]).sort()).toEqual([
      ['brokenTarget', 'claude-agents-cleaner'],
      ['drift', 'claude-agents-cleaner'],
      ['drift', 'claude-md'],
    ]);
  });

  it.skipIf(isRoot)('is failing where nothing may be written, and says so', async () => {
    const health = await damaged((folder) => {
      chmodSync(join(folder, '.claude-pm', collections.health.folder), 0o555);
    });
    expect(statusOf(health, 'Store')).toBe('failing');
    expect(health.alerts.map(({ message }) => message).join()).toContain('could not be kept');
  });

  it('is failing where a file stands in the way of its records', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, '.claude-pm'));
    writeFileSync(join(folder, '.claude-pm', 'improvement_pipeline'), 'in the way');
    const health = await (await openFixed(folder)).health();
    expect(statusOf(health, 'Store')).toBe('failing');
    expect(health.alerts.map(({ message }) => message).join()).toContain('could not be kept');
    expect(readFileSync(join(folder, '.claude-pm', 'improvement_pipeline'), 'utf8')).toBe('in the way');
  });

  it('shows sessions that were not read', async () => {
    const folder = copySample();
    const health = await (await openFixed(folder)).health();
    expect(health.components.find(({ name }) => name === 'Sources')?.detail).toContain('unread');
  });
});

describe('the probes', () => {
  it('leave nothing beside a prompt file', async () => {
    const folder = copySample();
    const before = readdirSync(join(folder, '.claude/agents'));
    const probes = openHealthProbes(folder, temporaryFolder());
    expect(await probes.unwritable('.claude/agents/cleaner.md')).toBeUndefined();
    expect(readdirSync(join(folder, '.claude/agents'))).toEqual(before);
  });

  it.skipIf(isRoot)('tell why a prompt file cannot be written', async () => {
    const folder = copySample();
    chmodSync(join(folder, '.claude/agents/cleaner.md'), 0o444);
    const probes = openHealthProbes(folder, temporaryFolder());
    expect(await probes.unwritable('.claude/agents/cleaner.md')).toContain('EACCES');
    chmodSync(join(folder, '.claude/agents'), 0o555);
    expect(await probes.unwritable('.claude/agents/implementer.md')).toContain('EACCES');
    chmodSync(join(folder, '.claude/agents'), 0o755);
  });

  it('ask the disk, also before there are any records', async () => {
    const { free, total } = await openHealthProbes(temporaryFolder(), temporaryFolder()).diskSpace();
    expect(total).toBeGreaterThan(0);
    expect(free).toBeLessThanOrEqual(total);
  });

  it('refuse a path that leads out of the workspace', async () => {
    const probes = openHealthProbes(temporaryFolder(), temporaryFolder());
    await expect(probes.unwritable('../outside.md')).rejects.toMatchObject({ code: 'UNSAFE_NAME' });
  });
});
