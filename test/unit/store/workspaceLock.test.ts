import { spawnSync } from 'node:child_process';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { hostIdentity, processStart } from '../../../src/node/processIdentity';
import { tryLock } from '../../../src/node/processLock';
import { inWorkspace, metrics } from './samples';

const workspaceLock = '.cache/locks/workspace';

/** The id of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

async function plantLock(folder: string, owner: object | string): Promise<string> {
  const path = join(folder, workspaceLock);
  await mkdir(path, { recursive: true });
  const file = join(path, 'holder.json');
  await writeFile(file, typeof owner === 'string' ? owner : JSON.stringify(owner));
  return file;
}

describe('exclusive work', () => {
  it('never overlaps, in the order of asking, also between stores of one process', async () => {
    await inWorkspace(async ({ open }) => {
      const stores = [await open(), await open()];
      const steps: string[] = [];
      const work = (name: string) => async () => {
        steps.push(`${name} in`);
        await wait(2);
        steps.push(`${name} out`);
      };
      await Promise.all(['a', 'b', 'c', 'd'].map((name, i) => stores[i % 2]?.exclusive(work(name))));
      expect(steps).toEqual(['a', 'b', 'c', 'd'].flatMap((name) => [`${name} in`, `${name} out`]));
    });
  });

  it('makes reading, changing and writing safe', async () => {
    await inWorkspace(async ({ open }) => {
      const stores = [await open(), await open()];
      const increment = async (i: number) => {
        const store = stores[i % 2];
        await store?.exclusive(async () => {
          const before = await store.get('improvementMetrics', 'counter');
          await store.put('improvementMetrics', metrics('counter', (before?.proposed ?? 0) + 1));
        });
      };
      await Promise.all(Array.from({ length: 40 }, (_, i) => increment(i)));
      expect(await stores[0]?.get('improvementMetrics', 'counter')).toMatchObject({ proposed: 40 });
    });
  });

  it('gives its result, hands its error on, and sets the lock free in both cases', async () => {
    await inWorkspace(async ({ folder, open }) => {
      const store = await open();
      expect(await store.exclusive(async () => 7)).toBe(7);
      const failing = store.exclusive(() => Promise.reject(new Error('mine')));
      await expect(failing).rejects.toThrow('mine');
      expect(await readdir(join(folder, '.cache/locks'))).toEqual([]);
    });
  });

  it('may ask again inside, and what asks side by side inside still takes turns', async () => {
    await inWorkspace(async ({ open }) => {
      const store = await open({ patience: 100 });
      const steps: string[] = [];
      const inner = (name: string) =>
        store.exclusive(async () => {
          steps.push(`${name} in`);
          await store.exclusive(async () => wait(2));
          steps.push(`${name} out`);
        });
      await store.exclusive(() => Promise.all([inner('a'), inner('b')]));
      expect(steps).toEqual(['a in', 'a out', 'b in', 'b out']);
    });
  });
});

describe('the lock of another process', () => {
  it('that lives is waited for, then refused with its id and what to do', async () => {
    await inWorkspace(async ({ folder, open }) => {
      const parent = process.ppid;
      const file = await plantLock(folder, { pid: parent, host: hostIdentity, start: processStart(parent) });
      const store = await open({ patience: 60 });
      await expect(store.exclusive(async () => 1)).rejects.toMatchObject({
        code: 'LOCKED',
        message: expect.stringContaining(`Process ${parent} on ${hostname()}`),
        remedy: expect.stringContaining('nothing was written'),
      });
      expect(file).toBeDefined();
    });
  });

  const abandoned: [why: string, owner: () => object | string][] = [
    ['that has died', () => ({ pid: deadPid(), host: hostIdentity, start: '' })],
    ['whose file was cut by a loss of power', () => '{"pid":'],
  ];
  if (process.platform === 'linux') {
    abandoned.push([
      'whose id was given to another process since',
      () => ({ pid: process.ppid, host: hostIdentity, start: '1' }),
    ]);
  }

  it.each(abandoned)('%s is taken over at once', async (_, owner) => {
    await inWorkspace(async ({ folder, open }) => {
      await plantLock(folder, owner());
      const store = await open({ patience: 0 });
      expect(await store.exclusive(async () => 1)).toBe(1);
    });
  });

  it('on another machine counts as alive for a minute after its last sign', async () => {
    await inWorkspace(async ({ folder, open }) => {
      const file = await plantLock(folder, { pid: 1, host: 'elsewhere/linux/', start: '' });
      const store = await open({ patience: 0 });
      await expect(store.exclusive(async () => 1)).rejects.toMatchObject({ code: 'LOCKED' });
      const longAgo = new Date(Date.now() - 61_000);
      await utimes(file, longAgo, longAgo);
      expect(await store.exclusive(async () => 1)).toBe(1);
    });
  });

  it('that left an empty folder behind is free', async () => {
    await inWorkspace(async ({ folder, open }) => {
      await mkdir(join(folder, workspaceLock), { recursive: true });
      expect(await (await open({ patience: 0 })).exclusive(async () => 1)).toBe(1);
    });
  });
});

describe('a lock', () => {
  it('is held by one until it is released, and releasing again never frees the next holder', async () => {
    await inWorkspace(async ({ folder }) => {
      const path = join(folder, 'lock');
      const first = tryLock(path);
      expect(first).toBeDefined();
      expect(tryLock(path)).toBeUndefined();
      first?.release();
      const second = tryLock(path);
      expect(second).toBeDefined();
      first?.release();
      expect(tryLock(path)).toBeUndefined();
      second?.release();
    });
  });
});
