import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { archivesFolder } from '../../../src/core/backup/archiveName';
import { collections } from '../../../src/core/model/collections';
import { commandIds, dataFolder } from '../../../src/host/ids';
import { answering, pressing } from '../support/answers';
import { bytesOf, root, run } from '../support/workspace';

const templatesFolder = join(dataFolder, collections.templates.folder);
const firstTemplate = async () => (await readdir(join(root(), templatesFolder))).sort()[0] ?? '';

async function everyFile(): Promise<string> {
  const entries = await readdir(join(root(), dataFolder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.allSettled(
    files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1')),
  );
  return texts.map(textOrGone).join('\n');
}

/** Locks come and go meanwhile. */
function textOrGone(read: PromiseSettledResult<string>): string {
  if (read.status === 'fulfilled') return read.value;
  if (Reflect.get(Object(read.reason), 'code') === 'ENOENT') return '';
  throw read.reason;
}

export function backupsSuite(): void {
  describe('backups', () => {
    it('asks for a key before the first one, and keeps no secret in the folder', async () => {
      const { result } = await answering([{ pick: 'Make a new key' }], () =>
        run<{ path: string; recipients: readonly string[] }>(commandIds.backUp),
      );
      assert.match(result.recipients.join(), /^age1[a-z0-9]+$/);
      const sealed = await readFile(result.path, 'latin1');
      assert.match(sealed, /^age-encryption\.org\/v1\n-> X25519 /);
      const config: unknown = JSON.parse((await bytesOf(join(dataFolder, 'config.json'))).toString('utf8'));
      assert.deepEqual(Reflect.get(Reflect.get(Object(config), 'backup'), 'recipients'), result.recipients);
      assert.doesNotMatch(await everyFile(), /AGE-SECRET-KEY/);
    });

    it('copies the key once the person agrees', async () => {
      assert.equal(
        (await pressing('showWarningMessage', undefined, () => run(commandIds.copyBackupKey))).result,
        undefined,
      );
      const { result } = await pressing('showWarningMessage', 'Copy', () => run(commandIds.copyBackupKey));
      assert.deepEqual(result, { copied: 'identity' });
      assert.match(await vscode.env.clipboard.readText(), /^AGE-SECRET-KEY-1[A-Z0-9]+\n$/);
    });

    it('restores what was lost, once the person has seen what changes', async () => {
      const name = await firstTemplate();
      const path = join(templatesFolder, name);
      const before = await bytesOf(path);
      await rm(join(root(), path));
      await writeFile(join(root(), dataFolder, 'notes.txt'), 'later');
      const restore = (button: string | undefined) =>
        answering([{ pick: /\d/ }, { pick: 'Records' }], async () =>
          pressing('showWarningMessage', button, () =>
            run<{ kept: string | null }>(commandIds.restoreBackup),
          ),
        );
      const declined = (await restore(undefined)).result;
      assert.equal(declined.result, undefined);
      assert.match(declined.message, /^Restore as of .* 1 added, 1 taken away/);
      assert.ok(
        declined.detail.includes(`+ ${templatesFolder.replaceAll('\\', '/')}/${name}`),
        declined.detail,
      );
      const { result } = (await restore('Restore')).result;
      assert.ok(result.kept);
      assert.deepEqual(await bytesOf(path), before);
      assert.equal((await bytesOf(join(result.kept, 'records/notes.txt'))).toString('utf8'), 'later');
    });

    it('takes a passphrase instead, which opens what it closes', async () => {
      const passphrase = 'four random words here';
      const steps = [{ pick: 'Use a passphrase' }, { type: passphrase }, { type: passphrase }];
      const { result } = await answering(steps, () => run(commandIds.setBackupKey));
      assert.deepEqual(result, { passphrase: true });
      const made = await run<{ path: string }>(commandIds.backUp);
      assert.match(await readFile(made.path, 'latin1'), /^age-encryption\.org\/v1\n-> scrypt /);
      const plan = await run<{ kept: string | null }>(commandIds.restoreBackup, {
        path: made.path,
        format: 'prompts',
      });
      assert.equal(plan.kept, null);
      assert.ok(!(await everyFile()).includes(passphrase));
      assert.equal(
        (await readdir(join(root(), dataFolder, archivesFolder))).filter((one) => one.endsWith('.age'))
          .length,
        2,
      );
    });
  });
}
