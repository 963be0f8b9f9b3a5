import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateKeyPair, type KeyPair } from '../../../src/node/backup/ageStream';
import type { Workspace } from '../../../src/node/openWorkspace';
import { actions, expectHealthy, makeWorkspace, open, promptBytes, record, treeOf } from './backupWorkspace';

const folder = mkdtempSync(join(tmpdir(), 'restore-'));
let pair: KeyPair;
beforeAll(async () => {
  pair = await generateKeyPair();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Case {
  readonly root: string;
  readonly archive: string;
  readonly workspace: Workspace;
  /** As it was when the archive was made. */
  readonly then: Record<string, string>;
}

/** A backup was made, and since then everything was changed: records added, changed and removed, a prompt rewritten. */
async function changedSince(name: string): Promise<Case> {
  const root = join(folder, name, 'project');
  await makeWorkspace(root, pair);
  const workspace = await open(root, pair);
  const then = treeOf(root);
  const archive = join(folder, `${name}.age`);
  await workspace.backups.create({ reason: 'test', out: archive });
  await record(workspace, 'Say what you changed.');
  await workspace.templates.create({
    templateId: 'later',
    bytes: new TextEncoder().encode('# Later\n'),
    templateType: 'system_prompt',
    agentType: 'QA',
  });
  rmSync(join(root, '.claude-pm/template_management/templates/claude-md.json'));
  writeFileSync(join(root, '.claude-pm/config.json'), '{ "patternDetectionThreshold": 0.5 }\n');
  writeFileSync(join(root, 'CLAUDE.md'), '# Another\n');
  return { root, archive, workspace, then };
}

const asideFolders = (root: string) =>
  readdirSync(join(root, '.claude-pm')).filter((name) => /^\.(?:before-)?restore-/.test(name));

describe('restoring', () => {
  it('brings back every record and every prompt, and keeps what was there', async () => {
    const { root, archive, workspace, then } = await changedSince('all');
    const before = treeOf(root);
    const restored = await workspace.backups.restore(archive, { scope: 'all' });
    expect(treeOf(root)).toEqual(then);
    expect(restored.changes.removed).toContain('.claude-pm/template_management/templates/later.json');
    expect(restored.changes.added).toEqual(['.claude-pm/template_management/templates/claude-md.json']);
    expect(restored.changes.changed).toContain('CLAUDE.md');
    const kept = join(root, restored.kept ?? '');
    expect(readFileSync(join(kept, 'prompts/CLAUDE.md'), 'utf8')).toBe('# Another\n');
    expect(readFileSync(join(kept, 'records/config.json'), 'utf8')).toBe(before['.claude-pm/config.json']);
    expect(readFileSync(join(kept, '.gitignore'), 'utf8')).toBe('*\n');
    expect(asideFolders(root)).toHaveLength(1);
    await expectHealthy(workspace);
    await workspace.close();
  });

  it('never takes back the log of changes, which tells of the restore', async () => {
    const { workspace, archive } = await changedSince('log');
    const before = await actions(workspace);
    await workspace.backups.restore(archive, { scope: 'records' });
    expect(await actions(workspace)).toEqual([...before, 'backup.restored']);
    await workspace.close();
  });

  it('brings records alone, or prompts alone', async () => {
    const records = await changedSince('records');
    await records.workspace.backups.restore(records.archive, { scope: 'records' });
    expect(treeOf(records.root)).toEqual({ ...records.then, 'CLAUDE.md': '# Another\n' });
    await records.workspace.close();
    const prompts = await changedSince('prompts');
    const before = treeOf(prompts.root);
    await prompts.workspace.backups.restore(prompts.archive, { scope: 'prompts' });
    expect(treeOf(prompts.root)).toEqual({ ...before, ...promptBytes });
    await prompts.workspace.close();
  });

  it('writes nothing on a dry run, and says the same as the restore then does', async () => {
    const { root, archive, workspace } = await changedSince('dry');
    const before = treeOf(root, /^\.claude-pm\/\.cache\//);
    const told = await workspace.backups.restore(archive, { scope: 'all', dryRun: true });
    expect(treeOf(root, /^\.claude-pm\/\.cache\//)).toEqual(before);
    expect((await workspace.backups.restore(archive, { scope: 'all' })).changes).toEqual(told.changes);
    const again = await workspace.backups.restore(archive, { scope: 'all' });
    expect(again).toMatchObject({ kept: null, changes: { added: [], changed: [], removed: [] } });
    expect(asideFolders(root)).toHaveLength(1);
    await workspace.close();
  });

  it('brings everything where all was lost', async () => {
    const { archive, workspace, then } = await changedSince('lost');
    await workspace.close();
    const root = join(folder, 'elsewhere', 'project');
    mkdirSync(root, { recursive: true });
    const other = await open(root, pair);
    await other.backups.restore(archive, { scope: 'all' });
    expect(treeOf(root)).toEqual(then);
    expect(await actions(other)).toEqual(expect.arrayContaining(['template.adopted', 'backup.restored']));
    await expectHealthy(other);
    await other.close();
  });

  it('forgets again what was forgotten since', async () => {
    const root = join(folder, 'forgotten', 'project');
    await makeWorkspace(root, pair);
    const workspace = await open(root, pair);
    const id = await record(workspace, 'My password is hunter2.');
    const archive = join(folder, 'forgotten.age');
    await workspace.backups.create({ reason: 'test', out: archive });
    await workspace.capture.curation.forget({ id });
    const restored = await workspace.backups.restore(archive, { scope: 'records' });
    expect(restored.forgottenAgain).toBe(1);
    expect(JSON.stringify(treeOf(root))).not.toContain('hunter2');
    await workspace.close();
  });

  it('changes nothing for an archive that cannot be read to its end', async () => {
    const { root, archive, workspace } = await changedSince('damaged');
    const before = treeOf(root, /^\.claude-pm\/\.cache\//);
    writeFileSync(archive, readFileSync(archive).subarray(0, -1));
    await expect(workspace.backups.restore(archive, { scope: 'all' })).rejects.toMatchObject({
      code: 'VERIFICATION_FAILED',
    });
    expect(treeOf(root, /^\.claude-pm\/\.cache\//)).toEqual(before);
    expect(asideFolders(root)).toEqual([]);
    await workspace.close();
  });
});

describe('a restore that fails', () => {
  it('leaves everything as it was, whatever step fails', async () => {
    const { root, archive, workspace, then } = await changedSince('failing');
    const before = treeOf(root);
    let failAt = 1;
    for (; ; failAt += 1) {
      let step = 0;
      const beforeStep = () => {
        step += 1;
        if (step === failAt) throw new Error(`step ${failAt} failed`);
      };
      const failure: unknown = await workspace.backups.restore(archive, { scope: 'all', beforeStep }).then(
        () => undefined,
        (error) => error,
      );
      if (failure === undefined) break;
      expect(failure).toMatchObject({ message: `step ${failAt} failed` });
      expect(treeOf(root)).toEqual(before);
      expect(asideFolders(root)).toEqual([]);
    }
    expect(failAt).toBeGreaterThan(10);
    expect(treeOf(root)).toEqual(then);
    await workspace.close();
  });

  it('is taken back by the next start, where that fails too', async () => {
    const { root, archive, workspace } = await changedSince('twice');
    const before = treeOf(root);
    let step = 0;
    const beforeStep = () => {
      step += 1;
      if (step === 6 || step === 9) throw new Error('the disk is gone');
    };
    await expect(workspace.backups.restore(archive, { scope: 'all', beforeStep })).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
    });
    expect(treeOf(root)).not.toEqual(before);
    await workspace.close();
    const next = await open(root, pair);
    const [recovery] = await next.recover();
    expect(recovery).toMatchObject({ recovered: true, message: expect.stringMatching(/It was taken back/) });
    expect(treeOf(root)).toEqual(before);
    expect(await actions(next)).toContain('backup.restore-taken-back');
    await next.close();
  });

  it('is finished by the next start, wherever it was cut off', async () => {
    const { root, archive, workspace, then } = await changedSince('cut');
    const cuts: string[] = [];
    const beforeStep = () => {
      const cut = join(folder, `cut-${cuts.length}`, 'project');
      cpSync(root, cut, { recursive: true, filter: (path) => !path.endsWith('.cache') });
      cuts.push(cut);
    };
    await workspace.backups.restore(archive, { scope: 'all', beforeStep });
    await workspace.close();
    expect(cuts.length).toBeGreaterThan(10);
    for (const cut of cuts) {
      const next = await open(cut, pair);
      const [recovery, ...more] = await next.recover();
      expect(more).toEqual([]);
      expect(recovery).toMatchObject({ recovered: true, message: expect.stringMatching(/It was finished/) });
      expect(treeOf(cut)).toEqual(then);
      expect(existsSync(join(cut, '.claude-pm', recovery?.changeId ?? ''))).toBe(false);
      expect(await next.recover()).toEqual([]);
      await next.close();
    }
  });

  it('is cleared away where it was only prepared', async () => {
    const root = join(folder, 'prepared', 'project');
    await makeWorkspace(root, pair);
    const before = treeOf(root);
    mkdirSync(join(root, '.claude-pm/.restore-2026/records'), { recursive: true });
    writeFileSync(join(root, '.claude-pm/.restore-2026/records/config.json'), '{');
    const workspace = await open(root, pair);
    expect(await workspace.recover()).toMatchObject([
      { recovered: true, message: expect.stringMatching(/Nothing had been changed/) },
    ]);
    expect(treeOf(root)).toEqual(before);
    await workspace.close();
  });

  it('leaves a prompt alone that another program changed meanwhile', async () => {
    const { root, archive, workspace } = await changedSince('meanwhile');
    const beforeStep = (step: string) => {
      if (step.startsWith('move') && step.includes('config.json'))
        writeFileSync(join(root, 'CLAUDE.md'), '# By hand\n');
    };
    const { leftAlone } = await workspace.backups.restore(archive, { scope: 'all', beforeStep });
    expect(leftAlone).toEqual(['CLAUDE.md']);
    expect(readFileSync(join(root, 'CLAUDE.md'), 'utf8')).toBe('# By hand\n');
    await workspace.close();
  });

  it('keeps what another process wrote in a folder that was just exchanged', async () => {
    const { root, archive, workspace, then } = await changedSince('written');
    const corrections = join(root, '.claude-pm/training/corrections');
    let written = false;
    const beforeStep = (step: string) => {
      if (written || existsSync(corrections) || !step.includes('corrections')) return;
      mkdirSync(corrections);
      writeFileSync(join(corrections, '2026-11.other-0.jsonl'), '');
      written = true;
    };
    const { kept } = await workspace.backups.restore(archive, { scope: 'records', beforeStep });
    expect(written).toBe(true);
    expect(treeOf(root)).toEqual({ ...then, 'CLAUDE.md': '# Another\n' });
    const aside = join(root, kept ?? '', 'records/training');
    expect(existsSync(join(aside, 'corrections.2/2026-11.other-0.jsonl'))).toBe(true);
    await workspace.close();
  });
});
