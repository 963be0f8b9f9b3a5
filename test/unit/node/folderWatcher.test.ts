import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FolderWatcher } from '../../../src/node/folderWatcher';
import { temporaryFolder } from '../support/sampleWorkspace';

const isCache = (found: string) => found.split(path.sep).includes('.cache');

describe('watching a folder and those below it', () => {
  const open: FolderWatcher[] = [];
  afterEach(() => {
    for (const watcher of open.splice(0)) watcher.close();
  });

  async function watched(root = path.join(temporaryFolder(), 'root')) {
    const seen = new Set<string>();
    const errors: unknown[] = [];
    const watcher = new FolderWatcher({
      root,
      ignored: isCache,
      onChange: (found) => seen.add(path.relative(root, found).split(path.sep).join('/')),
      onError: (error) => errors.push(error),
    });
    open.push(watcher);
    await watcher.look();
    const sees = (name: string) => vi.waitFor(() => expect([...seen]).toContain(name), 5000);
    const write = (name: string, text = 'x') => writeFileSync(path.join(root, name), text);
    const make = (name: string) => mkdirSync(path.join(root, name), { recursive: true });
    return { root, seen, errors, watcher, sees, write, make };
  }

  it('sees into folders that are made together, again and again', async () => {
    const { root, seen, errors, sees, write, make } = await watched(temporaryFolder());
    for (let round = 0; round < 20; round += 1) {
      make(`${round}/a/b/c`);
      write(`${round}/a/b/c/at-once.json`);
      await sees(`${round}/a/b/c/at-once.json`);
      write(`${round}/a/b/c/later.json`);
      await sees(`${round}/a/b/c/later.json`);
    }
    rmSync(path.join(root, '0'), { recursive: true });
    await vi.waitFor(() => expect([...seen]).toContain('0'));
    expect(errors).toEqual([]);
  });

  it('sees what is moved in with all its files, and what is written there later', async () => {
    const { root, sees, write } = await watched(temporaryFolder());
    const elsewhere = path.join(temporaryFolder(), 'moved');
    mkdirSync(path.join(elsewhere, 'deep'), { recursive: true });
    writeFileSync(path.join(elsewhere, 'deep', 'old.json'), 'x');
    renameSync(elsewhere, path.join(root, 'moved'));
    await sees('moved/deep/old.json');
    write('moved/deep/new.json');
    await sees('moved/deep/new.json');
  });

  it('waits for a root that is not there yet, and follows one that is put in its place', async () => {
    const { root, watcher, sees, write, make, errors } = await watched();
    make('made/together');
    write('made/together/at-once.json');
    await watcher.look();
    await sees('made/together/at-once.json');
    write('first.json');
    await sees('first.json');
    renameSync(root, `${root}-aside`);
    make('sub');
    await watcher.look();
    write('sub/second.json');
    await sees('sub/second.json');
    rmSync(root, { recursive: true });
    make('sub/again');
    await watcher.look();
    write('sub/again/third.json');
    await sees('sub/again/third.json');
    expect(errors).toEqual([]);
  });

  it('tells of nothing that was there before, that is ignored, or that comes after its end', async () => {
    const root = temporaryFolder();
    mkdirSync(path.join(root, 'old'));
    writeFileSync(path.join(root, 'old', 'old.json'), 'x');
    const { seen, sees, write, make, watcher } = await watched(root);
    make('.cache/locks');
    write('.cache/locks/lock');
    make('new');
    write('new/new.json');
    await sees('new/new.json');
    expect([...seen].filter((name) => name.startsWith('old') || name.startsWith('.cache'))).toEqual([]);
    watcher.close();
    write('late.json');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([...seen]).not.toContain('late.json');
  });
});
