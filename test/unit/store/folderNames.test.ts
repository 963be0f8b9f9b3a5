import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderNames } from '../../../src/node/folderNames';

const longAgo = new Date('2026-01-01T00:00:00.000Z');
let folder: string;

async function write(count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, (_, index) => writeFile(join(folder, `a${index % 10}@${index}.json`), '')),
  );
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'names-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('the names of a large folder', () => {
  it('are those that begin with a prefix, in order, whether they were kept or not', async () => {
    await write(1200);
    await utimes(folder, longAgo, longAgo);
    const names = new FolderNames();
    for (const prefix of ['', 'a3@', 'a', 'b', 'a9@999']) {
      const kept = await names.namesIn(folder, prefix);
      expect(await new FolderNames().namesIn(folder, prefix)).toEqual(kept);
    }
    const some = await names.namesIn(folder, 'a3@');
    expect(some).toMatchObject({ ok: true, names: { length: 120 } });
  });

  it('are listed once while the folder bears the same time, and again once it is forgotten', async () => {
    await write(1200);
    await utimes(folder, longAgo, longAgo);
    const names = new FolderNames();
    await names.namesIn(folder);
    await writeFile(join(folder, 'a3@new.json'), '');
    await utimes(folder, longAgo, longAgo);
    expect(await names.namesIn(folder, 'a3@new')).toEqual({ ok: true, names: [] });
    names.forget();
    expect(await names.namesIn(folder, 'a3@new')).toEqual({ ok: true, names: ['a3@new.json'] });
  });

  it('are listed again after a change, also one right after the last listing', async () => {
    await write(1200);
    const names = new FolderNames();
    for (let index = 0; index < 20; index++) {
      await names.namesIn(folder);
      await writeFile(join(folder, `b@${index}.json`), '');
      expect(await names.namesIn(folder, 'b@')).toMatchObject({ names: { length: index + 1 } });
    }
  });

  it('are none in a folder that is not there', async () => {
    expect(await new FolderNames().namesIn(join(folder, 'none'))).toEqual({ ok: true, names: [] });
  });
});
