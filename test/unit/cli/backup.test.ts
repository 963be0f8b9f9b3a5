import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { generateKeyPair, type KeyPair } from '../../../src/node/backup/ageStream';
import { buildCli } from '../support/builtCli';

const cli = buildCli();
const folder = mkdtempSync(join(tmpdir(), 'cli-backup-'));
const identity = join(folder, 'key.txt');
const archive = join(folder, 'one.age');
let pair: KeyPair;

beforeAll(async () => {
  pair = await generateKeyPair();
  writeFileSync(identity, `# public key: ${pair.recipient}\n${pair.identity}\n`);
  writeFileSync(join(folder, 'CLAUDE.md'), '# Project\n');
  expect(cli(folder, ['init']).status).toBe(0);
  writeFileSync(
    join(folder, '.claude-pm/config.json'),
    JSON.stringify({ backup: { recipients: [pair.recipient] } }),
  );
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const json = (...args: string[]) => {
  const { status, stdout, stderr } = cli(folder, [...args, '--json']);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return JSON.parse(stdout);
};

describe('the commands of backups', () => {
  it('make, list and verify archives', () => {
    const made = json('backup');
    expect(made).toMatchObject({ recipients: [pair.recipient], skipped: [], removed: [] });
    expect(json('backup', 'list').archives).toMatchObject([{ path: made.path, bytes: made.bytes }]);
    const [{ name }] = json('backup', 'list').archives;
    expect(json('backup', 'verify', name, '--identity', identity)).toMatchObject({ files: made.files });
    expect(json('backup', '--out', archive)).toMatchObject({ path: archive });
  });

  it('test a restore, tell what one would do, and do it', () => {
    const tested = json('restore', archive, '--test', '--identity', identity);
    expect(tested).toMatchObject({ problems: [] });
    expect(tested.records).toBeGreaterThan(2);
    writeFileSync(join(folder, 'CLAUDE.md'), '# Another\n');
    rmSync(join(folder, '.claude-pm/template_management/versions'), { recursive: true });
    const told = json('restore', archive, '--files', 'all', '--dry-run', '--identity', identity);
    expect(told).toMatchObject({ dryRun: true, kept: null, changes: { changed: ['CLAUDE.md'] } });
    expect(readFileSync(join(folder, 'CLAUDE.md'), 'utf8')).toBe('# Another\n');
    const done = json('restore', archive, '--files', 'all', '--identity', identity);
    expect(done.changes).toEqual(told.changes);
    expect(readFileSync(join(folder, 'CLAUDE.md'), 'utf8')).toBe('# Project\n');
    expect(existsSync(join(folder, done.kept))).toBe(true);
    expect(cli(folder, ['history', 'claude-md']).stdout).toContain('1.0.0');
  });

  it('restore a workspace that is gone', () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const restored = cli(empty, [
      'restore',
      archive,
      '--workspace',
      empty,
      '--files',
      'all',
      '--identity',
      identity,
    ]);
    expect(restored.status).toBe(0);
    expect(readFileSync(join(empty, 'CLAUDE.md'), 'utf8')).toBe('# Project\n');
    expect(cli(empty, ['templates']).stdout).toContain('claude-md');
  });

  it('fail plainly, and change nothing, with another key or a wrong option', async () => {
    const other = join(folder, 'other.txt');
    writeFileSync(other, (await generateKeyPair()).identity);
    const wrong = cli(folder, ['restore', archive, '--identity', other]);
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toMatch(/^error: PERMISSION_DENIED: The archive cannot be opened/m);
    expect(wrong.stderr).not.toContain('AGE-SECRET-KEY');
    expect(cli(folder, ['restore', archive, '--files', 'some']).status).toBe(2);
    expect(cli(folder, ['restore']).status).toBe(2);
    const unset = cli(folder, ['backup', '--passphrase-env', 'NOT_SET']);
    expect(unset).toMatchObject({ status: 1, stdout: '' });
    expect(unset.stderr).toContain('NOT_SET is not set');
  });

  it('name the line of config.json that holds no public key', () => {
    const path = join(folder, '.claude-pm/config.json');
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, '{\n "backup": {\n  "recipients": ["ssh-rsa AAAA"]\n }\n}\n');
    const refused = cli(folder, ['backup']);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/INVALID_CONFIGURATION: .*config\.json:3/);
    writeFileSync(path, before);
  });

  it('take the passphrase from the environment alone', () => {
    vi.stubEnv('MY_PASSPHRASE', 'four random words');
    const out = join(folder, 'phrase.age');
    expect(json('backup', '--out', out, '--passphrase-env', 'MY_PASSPHRASE')).toMatchObject({
      recipients: [],
    });
    expect(json('backup', 'verify', out, '--passphrase-env', 'MY_PASSPHRASE').files).toBeGreaterThan(2);
  });
});
