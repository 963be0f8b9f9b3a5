import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateKeyPair, type KeyPair } from '../../../src/node/backup/ageStream';
import { readIdentityFile } from '../../../src/node/backup/backupKeys';
import type { Workspace } from '../../../src/node/openWorkspace';
import { actions, makeWorkspace, type OpenBackup, open, promptBytes } from './backupWorkspace';

const folder = mkdtempSync(join(tmpdir(), 'backups-'));
let pair: KeyPair;
beforeAll(async () => {
  pair = await generateKeyPair();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function fresh(
  name: string,
  options: Partial<OpenBackup> = {},
): Promise<{ root: string; workspace: Workspace }> {
  const root = join(folder, name, 'project');
  await makeWorkspace(root, pair);
  return { root, workspace: await open(root, { ...pair, ...options }) };
}

const none = { passphrase: async () => undefined, identities: async () => [] };
const later = new TextEncoder().encode('# Later\n');
const prepareDeployment = (workspace: Workspace) =>
  workspace.templates.create({
    templateId: 'later',
    bytes: later,
    templateType: 'system_prompt',
    agentType: 'QA',
  });
const toLater = { targets: ['prompts/later.md'] };

describe('making backups', () => {
  it('holds all records and the managed prompts, and tells of itself in the log of changes', async () => {
    const { root, workspace } = await fresh('made');
    symlinkSync('/etc/passwd', join(root, '.claude-pm/link'));
    writeFileSync(join(root, '.claude-pm/.00000000-0000-0000-0000-000000000000.tmp'), 'half');
    const created = await workspace.backups.create({ reason: 'asked for' });
    expect(created.recipients).toEqual([pair.recipient]);
    expect(created.skipped).toMatchObject([{ path: '.claude-pm/link' }]);
    expect(readFileSync(created.path)).toHaveLength(created.bytes);
    const verified = await workspace.backups.verify(created.path);
    expect(verified.files).toBe(created.files);
    const tested = await workspace.backups.test(created.path);
    expect(tested.problems).toEqual([]);
    expect(tested.records).toBeGreaterThan(5);
    expect((await actions(workspace)).slice(-3)).toEqual([
      'backup.created',
      'backup.verified',
      'backup.verified',
    ]);
    // No archive holds an earlier one.
    const again = await workspace.backups.create({ reason: 'asked for' });
    expect(again.files).toBe(created.files);
    expect((await workspace.backups.list()).map(({ path }) => path)).toEqual([again.path, created.path]);
    await workspace.close();
  });

  it('is refused without a key, and says how to give one', async () => {
    const { workspace } = await fresh('keyless', { secrets: none, backup: { recipients: [] } });
    await expect(workspace.backups.create({ reason: 'asked for' })).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
      remedy: expect.stringContaining('CLAUDE_PM_BACKUP_PASSPHRASE'),
    });
    await workspace.close();
  });

  it('finds in a restore test what an archive cannot bring back', async () => {
    const { root, workspace } = await fresh('broken');
    const content = join(root, '.claude-pm/template_management/versions/content');
    const [first = ''] = readdirSync(content);
    rmSync(join(content, first));
    writeFileSync(join(root, '.claude-pm/template_management/templates/claude-md.json'), '{');
    const created = await workspace.backups.create({ reason: 'asked for' });
    const { problems } = await workspace.backups.test(created.path);
    expect(problems).toMatchObject([
      { path: expect.stringContaining('claude-md.json') },
      { reason: expect.stringContaining('its text cannot be read') },
    ]);
    await workspace.close();
  });

  it('keeps the newest and one a week, tells what it removed, and touches no other file', async () => {
    const day = (number: number) => new Date(Date.UTC(2026, 9, number, 12));
    const { root } = await fresh('kept');
    const archives = join(root, '.claude-pm/template_management/backups/archives');
    for (let number = 1; number <= 20; number += 1) {
      const workspace = await open(root, { ...pair, backup: { keep: 2 }, now: day(number) });
      const { removed } = await workspace.backups.create({ reason: 'asked for' });
      if (number === 1) writeFileSync(join(archives, 'mine.tar.gz.age'), 'mine');
      for (const name of removed) expect(readdirSync(archives)).not.toContain(name);
      await workspace.close();
    }
    const kept = readdirSync(archives).filter((name) => name.startsWith('2026'));
    expect(kept.map((name) => name.slice(8, 10))).toEqual(['04', '11', '18', '19', '20']);
    expect(readdirSync(archives)).toContain('mine.tar.gz.age');
    const workspace = await open(root, pair);
    expect((await actions(workspace)).filter((action) => action === 'backup.removed')).toHaveLength(15);
    await workspace.close();
  });

  it('makes one that is due, once for two who ask at the same time', async () => {
    const { root, workspace } = await fresh('due', { now: new Date('2026-11-26T12:00:00Z') });
    const other = await open(root, { ...pair, now: new Date('2026-11-26T12:00:00Z') });
    const made = await Promise.all([workspace.backups.createIfDue(), other.backups.createIfDue()]);
    expect(made.filter((one) => one !== undefined)).toHaveLength(1);
    expect(await workspace.backups.createIfDue()).toBeUndefined();
    const nextDay = await open(root, { ...pair, now: new Date('2026-11-27T12:00:00Z') });
    expect(await nextDay.backups.createIfDue()).toBeDefined();
    const off = await open(root, {
      ...pair,
      backup: { everyHours: 0 },
      now: new Date('2026-12-27T12:00:00Z'),
    });
    expect(await off.backups.createIfDue()).toBeUndefined();
    const keyless = { secrets: none, backup: { recipients: [] }, now: new Date('2026-12-27T12:00:00Z') };
    const without = await open(root, { ...pair, ...keyless });
    expect(await without.backups.createIfDue()).toBeUndefined();
    for (const one of [workspace, other, nextDay, off, without]) await one.close();
  });
});

describe('a deployment', () => {
  it('makes a backup first, of what stood before', async () => {
    const { workspace } = await fresh('before');
    await prepareDeployment(workspace);
    await workspace.templates.rollOut('later', toLater);
    const done = await actions(workspace);
    expect(done.indexOf('backup.created')).toBeLessThan(done.indexOf('template.deployed'));
    const [archive] = await workspace.backups.list();
    const told = await workspace.backups.restore(archive?.path ?? '', { scope: 'records', dryRun: true });
    expect(told.changes.removed.some((path) => path.includes('/deployments/'))).toBe(true);
    await workspace.close();
  });

  it('makes none where nothing is written, on a rollback, without a key, or where that is switched off', async () => {
    const { workspace } = await fresh('nothing');
    await workspace.templates.rollOut('claude-md', {});
    expect(await workspace.backups.list()).toEqual([]);
    await prepareDeployment(workspace);
    await workspace.templates.rollOut('later', toLater);
    await workspace.templates.rollBack('later', { reason: 'x' });
    expect(await workspace.backups.list()).toHaveLength(1);
    await workspace.close();
    for (const options of [
      { secrets: none, backup: { recipients: [] } },
      { backup: { beforeDeployment: false } },
    ]) {
      const other = await fresh(`none-${JSON.stringify(options).length}`, options);
      await prepareDeployment(other.workspace);
      await other.workspace.templates.rollOut('later', toLater);
      expect(await other.workspace.backups.list()).toEqual([]);
      await other.workspace.close();
    }
  });

  it('goes on when the backup fails, and says so; is refused where backups are required', async () => {
    const recipients = ['age1nonsense'];
    const { root, workspace } = await fresh('failed', { backup: { recipients } });
    await prepareDeployment(workspace);
    await workspace.templates.rollOut('later', toLater);
    expect(await actions(workspace)).toEqual(expect.arrayContaining(['backup.failed', 'template.deployed']));
    await workspace.close();
    const strict = await open(root, { ...pair, backup: { recipients, required: true } });
    await strict.templates.rollBack('later', { reason: 'x' });
    await expect(strict.templates.rollOut('later', toLater)).rejects.toMatchObject({
      code: 'INVALID_CONFIGURATION',
    });
    expect(readdirSync(join(root, 'prompts'))).toEqual([]);
    await strict.close();
    const keyless = await open(root, { ...pair, secrets: none, backup: { recipients: [], required: true } });
    await expect(keyless.templates.rollOut('later', toLater)).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
    });
    await keyless.close();
  });
});

describe('an identity file', () => {
  it('is read as age-keygen writes it', async () => {
    const path = join(folder, 'identity.txt');
    writeFileSync(path, `# created: 2026\r\n# public key: ${pair.recipient}\r\n${pair.identity}\r\n`);
    expect(await readIdentityFile(path)).toEqual([pair.identity]);
  });

  it('is refused with the line that is wrong, and without what stands there', async () => {
    const path = join(folder, 'wrong.txt');
    writeFileSync(path, `# a comment\nhunter2\n`);
    const error: unknown = await readIdentityFile(path).catch((cause) => cause);
    expect(error).toMatchObject({ code: 'INVALID_INPUT', subject: `${path}:2` });
    expect(JSON.stringify(error)).not.toContain('hunter2');
    writeFileSync(path, '# nothing\n');
    await expect(readIdentityFile(path)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(readIdentityFile(join(folder, 'absent'))).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  });
});

it('writes no secret anywhere', async () => {
  const passphrase = 'correct-horse-battery';
  const secrets = { passphrase: async () => passphrase, identities: async () => [pair.identity] };
  const { root, workspace } = await fresh('secret', { secrets, backup: { recipients: [] } });
  const { path } = await workspace.backups.create({ reason: 'asked for' });
  await workspace.backups.restore(path, { scope: 'all' });
  await workspace.close();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), 'latin1');
    expect(text).not.toContain(passphrase);
    expect(text).not.toContain(pair.identity);
  }
  expect(readFileSync(join(root, 'CLAUDE.md'), 'utf8')).toBe(promptBytes['CLAUDE.md']);
}, 30_000);
