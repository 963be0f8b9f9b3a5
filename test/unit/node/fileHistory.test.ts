import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FileHistory } from '../../../src/core/ports';
import { openFileHistory } from '../../../src/node/fileHistory';
import { GitFolder } from '../support/gitFolder';
import { MemoryLog } from '../support/memoryPorts';
import { temporaryFolder } from '../support/sampleWorkspace';

const day = (time: string): string => `2026-03-02T${time}:00.000Z`;
const later = '2026-06-01T00:00:00.000Z';

afterEach(() => vi.unstubAllEnvs());

async function told(history: FileHistory, path: string, since = day('00:00'), until = day('23:00')) {
  const revisions = await history.revisions(path, since, until);
  return revisions.map(({ text, at, origin }) => `${origin} ${at.slice(11, 16)} ${text}`);
}

describe('the revisions of a file', () => {
  it('are its commits in the span, the oldest first, and the file on disk where it differs', async () => {
    const folder = new GitFolder(temporaryFolder());
    folder.commit({ 'src/a.ts': 'one' }, day('08:00'));
    folder.commit({ 'src/a.ts': 'two' }, day('09:00'));
    folder.commit({ 'src/b.ts': 'other' }, day('10:00'));
    folder.commit({ 'src/a.ts': 'three' }, day('11:00'));
    folder.write({ 'src/a.ts': 'four' }, day('12:00'));
    const history = openFileHistory(folder.root);
    expect(await told(history, 'src/a.ts', day('08:00'))).toEqual([
      'commit 09:00 two',
      'commit 11:00 three',
      'working-copy 12:00 four',
    ]);
    expect(await told(history, join(folder.root, 'src/a.ts'), day('07:00'), day('09:00'))).toEqual([
      'commit 08:00 one',
      'commit 09:00 two',
    ]);
  });

  it('leave the file on disk aside where it is as committed, but for line ends, or was changed at another time', async () => {
    const folder = new GitFolder(temporaryFolder());
    folder.commit({ 'a.ts': 'one\ntwo\n', 'b.ts': 'b' }, day('08:00'));
    folder.write({ 'a.ts': 'one\r\ntwo\r\n' }, day('09:00'));
    folder.write({ 'b.ts': 'changed' }, later);
    const history = openFileHistory(folder.root);
    expect(await told(history, 'a.ts', day('08:30'))).toEqual([]);
    expect(await told(history, 'b.ts', day('08:30'))).toEqual([]);
  });

  it('bear the time of the author, whatever a rebase made of the other one', async () => {
    const folder = new GitFolder(temporaryFolder());
    folder.commit({ 'a.ts': 'one' }, day('08:00'));
    folder.write({ 'a.ts': 'two' }, day('09:00'));
    folder.git(['commit', '--quiet', '--all', '--message', 'x', `--date=${day('09:00')}`], later);
    expect(await told(openFileHistory(folder.root), 'a.ts', day('08:30'))).toEqual(['commit 09:00 two']);
  });

  it('follow the first parent: a merge is one step of the branch', async () => {
    const folder = new GitFolder(temporaryFolder());
    folder.commit({ 'a.ts': 'one' }, day('08:00'));
    folder.git(['checkout', '--quiet', '-b', 'side']);
    folder.commit({ 'a.ts': 'side' }, day('09:00'));
    folder.git(['checkout', '--quiet', 'main']);
    folder.commit({ 'b.ts': 'b' }, day('10:00'));
    folder.git(['merge', '--quiet', '--no-ff', '--message', 'merge', 'side'], day('11:00'));
    const history = openFileHistory(folder.root);
    expect(await told(history, 'a.ts', day('08:30'), day('22:00'))).toEqual(['commit 11:00 side']);
  });

  it('are known for odd names, and for deleted files', async () => {
    const folder = new GitFolder(temporaryFolder());
    const names = ['-rf', '--output=x', ':(glob)*', 'a b/ü "q".ts', '*.ts'];
    folder.commit(Object.fromEntries(names.map((name) => [name, name])), day('08:00'));
    folder.commit({ '-rf': null }, day('09:00'));
    const history = openFileHistory(folder.root);
    for (const name of names) {
      expect(await told(history, name, day('07:00'), day('07:30'))).toEqual([]);
      expect(await told(history, name, day('07:00'))).toEqual([`commit 08:00 ${name}`]);
      expect(await history.at(name, day('08:30'))).toMatchObject({ text: name });
    }
  });

  it('are told of a workspace within a repository, and of a repository within a workspace', async () => {
    const outer = new GitFolder(temporaryFolder());
    mkdirSync(join(outer.root, 'app/vendor'), { recursive: true });
    outer.commit({ 'app/a.ts': 'outer', 'other/a.ts': 'outside' }, day('08:00'));
    const inner = new GitFolder(join(outer.root, 'app/vendor'));
    inner.commit({ 'v.ts': 'inner' }, day('08:00'));
    const history = openFileHistory(join(outer.root, 'app'));
    expect(await told(history, 'a.ts', day('07:00'))).toEqual(['commit 08:00 outer']);
    expect(await told(history, 'vendor/v.ts', day('07:00'))).toEqual(['commit 08:00 inner']);
    expect(await told(history, '../other/a.ts', day('07:00'))).toEqual([]);
  });

  it('are seen anew once HEAD has moved', async () => {
    const folder = new GitFolder(temporaryFolder());
    folder.commit({ 'a.ts': 'one' }, day('08:00'));
    const history = openFileHistory(folder.root);
    expect(await told(history, 'a.ts')).toHaveLength(1);
    folder.commit({ 'a.ts': 'two' }, day('09:00'));
    expect(await told(history, 'a.ts')).toHaveLength(2);
    expect(await told(history, 'a.ts', '2020-01-01T00:00:00Z')).toHaveLength(2);
  });

  it('never leave the workspace, by name or by link', async () => {
    const folder = new GitFolder(temporaryFolder());
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'secret.ts'), 'secret');
    utimesSync(join(outside, 'secret.ts'), new Date(day('09:00')), new Date(day('09:00')));
    symlinkSync(join(outside, 'secret.ts'), join(folder.root, 'link.ts'));
    symlinkSync(outside, join(folder.root, 'folder'));
    const history = openFileHistory(folder.root);
    for (const path of [
      'link.ts',
      'folder/secret.ts',
      join(outside, 'secret.ts'),
      '../x/secret.ts',
      'C:\\x.ts',
    ]) {
      expect(await told(history, path)).toEqual([]);
      expect(await history.at(path, later)).toBeUndefined();
    }
  });

  it('hold texts alone: no binary, no link, nothing over a megabyte', async () => {
    const folder = new GitFolder(temporaryFolder());
    symlinkSync('a.ts', join(folder.root, 'link.ts'));
    const big = 'x'.repeat(3_000_000);
    folder.commit({ 'a.ts': 'a', 'b.bin': new Uint8Array([1, 0, 2]), 'big.ts': big }, day('08:00'));
    const history = openFileHistory(folder.root);
    expect(await told(history, 'b.bin', day('07:00'))).toEqual([]);
    expect(await told(history, 'big.ts', day('07:00'))).toEqual([]);
    expect(await told(history, 'a.ts', day('07:00'))).toEqual(['commit 08:00 a']);
    // The link is the file that it leads to.
    expect(await told(history, 'link.ts', day('07:00'))).toEqual(['commit 08:00 a']);
  });

  it('are the file on disk alone without a repository, without commits, and without git', async () => {
    const plain = temporaryFolder();
    writeFileSync(join(plain, 'a.ts'), 'plain');
    utimesSync(join(plain, 'a.ts'), new Date(day('09:00')), new Date(day('09:00')));
    expect(await told(openFileHistory(plain), 'a.ts')).toEqual(['working-copy 09:00 plain']);

    const empty = new GitFolder(temporaryFolder());
    empty.write({ 'a.ts': 'new' }, day('09:00'));
    expect(await told(openFileHistory(empty.root), 'a.ts')).toEqual(['working-copy 09:00 new']);

    const log = new MemoryLog();
    vi.stubEnv('PATH', temporaryFolder());
    const history = openFileHistory(empty.root, { log });
    expect(await told(history, 'a.ts')).toEqual(['working-copy 09:00 new']);
    expect(await told(history, 'a.ts')).toEqual(['working-copy 09:00 new']);
    expect(log.lines.filter((line) => line.startsWith('debug: What git knows'))).toHaveLength(1);
  });

  it('run no program that a configuration names', async () => {
    const folder = new GitFolder(temporaryFolder());
    folder.commit({ 'a.ts': 'one', '.gitattributes': '* diff=evil filter=evil\n' }, day('08:00'));
    const marker = join(temporaryFolder(), 'ran');
    const evil = `touch ${marker}`;
    for (const [key, value] of [
      ['core.fsmonitor', evil],
      ['core.pager', evil],
      ['diff.external', evil],
      ['diff.evil.textconv', evil],
      ['diff.evil.command', evil],
      ['filter.evil.smudge', evil],
      ['log.showSignature', 'true'],
      ['gpg.program', evil],
      ['log.follow', 'true'],
      ['diff.relative', 'true'],
      ['color.ui', 'always'],
    ] as const) {
      folder.git(['config', key, value]);
    }
    folder.write({ 'a.ts': 'two' }, day('09:00'));
    const history = openFileHistory(folder.root);
    expect(await told(history, 'a.ts', day('07:00'))).toEqual(['commit 08:00 one', 'working-copy 09:00 two']);
    expect(existsSync(marker)).toBe(false);
    vi.stubEnv('GIT_DIR', temporaryFolder());
    expect(await told(openFileHistory(folder.root), 'a.ts', day('07:00'))).toHaveLength(2);
  });

  it('cost three processes for hundreds of files', async () => {
    const folder = new GitFolder(temporaryFolder());
    const names = Array.from({ length: 300 }, (_, index) => `src/file${index}.ts`);
    folder.commit(Object.fromEntries(names.map((name) => [name, `${name} 1`])), day('08:00'));
    folder.commit(Object.fromEntries(names.map((name) => [name, `${name} 2`])), day('09:00'));
    const calls = countedGit();
    const history = openFileHistory(folder.root);
    for (const [index, name] of names.entries()) {
      const since = new Date(Date.parse(day('07:00')) - index * 3_600_000).toISOString();
      expect(await history.revisions(name, since, day('22:00'))).toHaveLength(2);
    }
    expect(calls()).toBeLessThanOrEqual(3);
  });
});

describe('a file at a time', () => {
  it('is as it is on disk when that has not changed since, else as the last commit before had it', async () => {
    const folder = new GitFolder(temporaryFolder());
    folder.commit({ 'CLAUDE.md': 'one' }, day('08:00'));
    folder.commit({ 'CLAUDE.md': 'two' }, day('10:00'));
    folder.write({ 'CLAUDE.md': 'three' }, day('12:00'));
    const history = openFileHistory(folder.root);
    const at = async (time: string) => (await history.at('CLAUDE.md', time))?.text;
    expect(
      await Promise.all(['07:00', '08:00', '09:30', '11:00', '12:30'].map((time) => at(day(time)))),
    ).toEqual([undefined, 'one', 'one', 'two', 'three']);
    expect(await history.at('CLAUDE.md', day('13:00'))).toMatchObject({ origin: 'working-copy' });
  });

  it('is nothing where it was deleted, and where it is not known', async () => {
    const folder = new GitFolder(temporaryFolder());
    folder.commit({ 'AGENTS.md': 'one' }, day('08:00'));
    folder.commit({ 'AGENTS.md': null }, day('09:00'));
    folder.write({ 'new.md': 'new' }, day('12:00'));
    const history = openFileHistory(folder.root);
    expect(await history.at('AGENTS.md', day('08:30'))).toMatchObject({ text: 'one', origin: 'commit' });
    expect(await history.at('AGENTS.md', day('09:30'))).toBeUndefined();
    expect(await history.at('new.md', day('11:00'))).toBeUndefined();
    expect(await history.at('new.md', 'no time')).toBeUndefined();
  });

  it('is told of prompts in the person’s own folder, by their time of change, and of no other file outside', async () => {
    const root = temporaryFolder();
    const userFolder = temporaryFolder();
    const file = join(userFolder, 'agents', 'qa.md');
    mkdirSync(join(userFolder, 'agents'));
    writeFileSync(file, '\uFEFFTest.');
    utimesSync(file, new Date(day('09:00')), new Date(day('09:00')));
    const history = openFileHistory(root, { userFolder });
    expect(await history.at(file, day('10:00'))).toEqual({
      text: '\uFEFFTest.',
      at: day('09:00'),
      origin: 'working-copy',
    });
    expect(await history.at(file, day('08:00'))).toBeUndefined();
    expect(await openFileHistory(root, { userFolder: root }).at(file, day('10:00'))).toBeUndefined();
    expect(await history.revisions(file, day('08:00'), day('22:00'))).toEqual([]);
  });
});

describe('the name of a file within the workspace', () => {
  it('has forward slashes, and none where it lies elsewhere', () => {
    const root = temporaryFolder();
    const history = openFileHistory(root);
    expect(history.within(join(root, 'a', 'b.ts'))).toBe('a/b.ts');
    expect(history.within('./a/../b.ts')).toBe('b.ts');
    expect(history.within(root)).toBeUndefined();
    expect(history.within(`${root}-other/a.ts`)).toBeUndefined();
    expect(history.within('../a.ts')).toBeUndefined();
    const link = join(temporaryFolder(), 'link');
    symlinkSync(root, link);
    expect(openFileHistory(link).within(join(root, 'a.ts'))).toBe('a.ts');
    expect(openFileHistory(link).within(join(link, 'a.ts'))).toBe('a.ts');
  });
});

/** Puts a git in front of the real one that counts how often it is started. */
function countedGit(): () => number {
  const folder = temporaryFolder();
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const calls = join(folder, 'calls');
  mkdirSync(calls);
  writeFileSync(join(folder, 'git'), `#!/bin/sh\nmktemp ${calls}/XXXXXXXX >/dev/null\nexec ${real} "$@"\n`);
  chmodSync(join(folder, 'git'), 0o755);
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH'] ?? ''}`);
  return () => readdirSync(calls).length;
}
