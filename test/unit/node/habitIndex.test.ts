import { spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import type { HabitEntry } from '../../../src/core/model/habit';
import { openHabitIndex } from '../../../src/node/habitIndex';
import { nodeHash } from '../../../src/node/systemPorts';
import { person, say } from '../support/habitProjects';
import { temporaryFolder } from '../support/sampleWorkspace';

/** An index with the project `shop`, and what it takes to write files of others by hand. */
function inHome() {
  const home = temporaryFolder();
  const root = join(home, 'shop');
  mkdirSync(root);
  const folder = join(home, '.claude-pm', 'habits');
  const hashOf = (path: string) => nodeHash.sha256(realpathSync(path));
  const own = join(folder, `${hashOf(root)}.jsonl`);
  const entry = (correctionId: string, over: Partial<HabitEntry> = {}): HabitEntry => ({
    schemaVersion: 1,
    project: 'shop',
    pathHash: hashOf(root),
    correctionId,
    source: 'manual',
    text: 'use pnpm',
    agentType: 'main',
    timestamp: '2026-10-01T10:00:00.000Z',
    ...over,
  });
  const otherHash = nodeHash.sha256('blog');
  return {
    home,
    root,
    folder,
    own,
    entry,
    otherHash,
    other: join(folder, `${otherHash}.jsonl`),
    index: openHabitIndex(root, home),
    plant: (path: string, text: string | Uint8Array) => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(path, text);
    },
  };
}

describe('the index of habits', () => {
  it('touches nothing when it is opened, read, or left without having been there', async () => {
    const { home, index } = inHome();
    expect(await index.others()).toEqual({ records: [], skipped: [] });
    expect(await index.remove()).toEqual([]);
    expect(readdirSync(home)).toEqual(['shop']);
  });

  it('names a project by its folder’s real path, through whatever link it was opened', async () => {
    const { home, root, index } = inHome();
    symlinkSync(root, join(home, 'link'));
    expect(await index.owner()).toEqual({ name: 'shop', pathHash: nodeHash.sha256(realpathSync(root)) });
    expect(await openHabitIndex(join(home, 'link'), home).owner()).toEqual(await index.owner());
  });

  it('replaces a project’s entries, and leaves no file without any', async () => {
    const { index, entry, own, folder } = inHome();
    await index.write([entry('c_1'), entry('c_2')]);
    await index.write([entry('c_2')]);
    expect(JSON.parse(readFileSync(own, 'utf8'))).toEqual(entry('c_2'));
    await index.write([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('writes only what changes', async () => {
    const { index, entry, own } = inHome();
    await index.write([entry('c_1')]);
    const before = statSync(own, { bigint: true });
    await index.write([entry('c_1')]);
    expect(statSync(own, { bigint: true }).mtimeNs).toBe(before.mtimeNs);
    expect(statSync(own, { bigint: true }).ino).toBe(before.ino);
  });

  it.skipIf(process.platform === 'win32')(
    'keeps others from reading it, also where they once could',
    async () => {
      const { index, entry, own, folder, plant } = inHome();
      plant(own, `${JSON.stringify(entry('c_1'))}\n`);
      chmodSync(folder, 0o755);
      chmodSync(own, 0o644);
      await index.write([entry('c_1')]);
      expect([statSync(folder).mode & 0o777, statSync(own).mode & 0o777]).toEqual([0o700, 0o600]);
    },
  );

  it('sweeps up what a writer that was killed left behind', async () => {
    const { index, entry, folder, plant } = inHome();
    const left = join(folder, '.0190aaaa-1111-4222-8333-444455556666.tmp');
    plant(left, 'forgotten words');
    utimesSync(left, new Date(0), new Date(0));
    expect(await index.others()).toEqual({ records: [], skipped: [] });
    await index.write([entry('c_1')]);
    expect(readdirSync(folder)).toHaveLength(1);
  });
});

describe('a file that somebody else put into the index', () => {
  const bad: readonly (readonly [string, (entry: HabitEntry) => string | Uint8Array, string])[] = [
    ['half a line', () => '{"schemaVersion":1,"pro', 'not valid JSON'],
    ['binary', () => Uint8Array.of(0xff, 0xfe, 0, 1), 'not UTF-8'],
    ['deep nesting', () => '['.repeat(100_000), 'not valid JSON'],
    ['no entry', () => '"hello"', 'must be of type'],
    ['a later version', (entry) => JSON.stringify({ ...entry, schemaVersion: 2 }), 'schemaVersion must be 1'],
    ['a long text', (entry) => JSON.stringify({ ...entry, text: 'x'.repeat(301) }), 'must be at most 300'],
    ['a time that is none', (entry) => JSON.stringify({ ...entry, timestamp: 'now' }), 'timestamp'],
    [
      'another project’s name',
      (entry) => JSON.stringify({ ...entry, pathHash: 'a'.repeat(64) }),
      'another project',
    ],
    ['a prototype', () => '{"__proto__":{"polluted":true}}', 'schemaVersion'],
    ['more lines than an index has', () => 'x\n'.repeat(5000), 'more than 4000 lines'],
    ['more than an index holds', () => 'x'.repeat(9_000_000), 'larger than 8 MB'],
  ];

  it.each(bad)('is named and read past: %s', async (_name, contentOf, reason) => {
    const { index, entry, other, otherHash, plant } = inHome();
    plant(other, contentOf(entry('c_1', { pathHash: otherHash })));
    const { records, skipped } = await index.others();
    expect(records).toEqual([]);
    expect(skipped[0]).toMatchObject({ path: other, reason: expect.stringContaining(reason) });
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it.each(bad)(
    'is never overwritten, also under this project’s name: %s',
    async (_name, contentOf, reason) => {
      const { index, entry, own, plant } = inHome();
      const content = Buffer.from(contentOf(entry('c_strange')));
      plant(own, content);
      const skipped = await index.write([entry('c_1')]);
      expect(skipped[0]).toMatchObject({ path: own, reason: expect.stringContaining(reason) });
      await index.write([]);
      expect(await index.remove()).toEqual(skipped);
      expect(readFileSync(own).subarray(0, content.length).equals(content)).toBe(true);
    },
  );

  it('leaves a project’s own entries to be replaced beside lines that cannot be read', async () => {
    const { index, entry, own, plant } = inHome();
    plant(own, `${JSON.stringify(entry('c_forgotten'))}\nnot mine\n`);
    expect(await index.write([entry('c_1')])).toMatchObject([{ path: own, line: 2 }]);
    const text = readFileSync(own, 'utf8');
    expect(text).toContain('not mine\n');
    expect(text).toContain('c_1');
    expect(text).not.toContain('c_forgotten');
  });

  it('names few of many lines that cannot be read, and how many there are', async () => {
    const { index, other, plant } = inHome();
    plant(other, 'x\n'.repeat(1000));
    const { skipped } = await index.others();
    expect(skipped).toHaveLength(21);
    expect(skipped.at(-1)?.reason).toContain('980 more');
  });

  it('counts up to the most that a project may hold', async () => {
    const { index, entry, other, otherHash, plant } = inHome();
    const lines = Array.from({ length: 2500 }, (_, id) =>
      JSON.stringify(entry(`c_${id}`, { pathHash: otherHash })),
    );
    plant(other, lines.join('\n'));
    const { records, skipped } = await index.others();
    expect([records.length, records.at(-1)?.correctionId]).toEqual([2000, 'c_2499']);
    expect(skipped).toHaveLength(1);
  });

  it('is named where it is not named like one, or is no file', async () => {
    const { index, folder, other, plant, entry, own } = inHome();
    plant(join(folder, 'notes.txt'), 'mine');
    plant(join(folder, `${'A'.repeat(64)}.jsonl`), '');
    mkdirSync(other);
    const { records, skipped } = await index.others();
    expect(records).toEqual([]);
    expect(skipped.map(({ path }) => basename(path)).sort()).toEqual(
      [`${'A'.repeat(64)}.jsonl`, basename(other), 'notes.txt'].sort(),
    );
    mkdirSync(own);
    expect(await index.write([entry('c_1')])).toMatchObject([{ path: own, reason: 'it is no file' }]);
    expect(statSync(own).isDirectory()).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('is not followed where it is a link', async () => {
    const { index, home, folder, other, otherHash, own, entry, plant } = inHome();
    const outside = join(home, 'outside.jsonl');
    plant(outside, `${JSON.stringify(entry('c_9', { pathHash: otherHash }))}\n`);
    symlinkSync(outside, other);
    symlinkSync(outside, own);
    expect(await index.others()).toMatchObject({ records: [], skipped: [{ path: other }] });
    expect(await index.write([entry('c_1')])).toMatchObject([{ path: own }]);
    expect(await index.remove()).toMatchObject([{ path: own }]);
    expect(readlinkSync(own)).toBe(outside);
    expect(readFileSync(outside, 'utf8')).toContain('c_9');
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it.skipIf(process.platform === 'win32')('is not followed where the whole folder is a link', async () => {
    const { index, home, folder, entry } = inHome();
    mkdirSync(join(home, 'elsewhere'));
    mkdirSync(join(home, '.claude-pm'));
    symlinkSync(join(home, 'elsewhere'), folder);
    expect(await index.write([entry('c_1')])).toMatchObject([{ path: folder }]);
    expect((await index.others()).skipped).toMatchObject([{ path: folder }]);
    expect(readdirSync(join(home, 'elsewhere'))).toEqual([]);
  });

  it('is data: it neither stops habits from being found nor is obeyed', async () => {
    const one = person();
    const [shop, blog] = [await one.project('shop'), await one.project('blog')];
    await say(shop, 'use pnpm, not npm');
    await say(blog, 'no npm, use pnpm');
    writeFileSync(join(one.folder, `${'b'.repeat(64)}.jsonl`), '{"correctionId":"../../../etc/passwd"}\n');
    const { habits, skipped } = await shop.capture.habits();
    expect(habits).toHaveLength(1);
    expect(skipped).toHaveLength(1);
    expect((await shop.capture.import({})).skipped).toEqual([]);
  });
});

describe('several at once', () => {
  it('see the whole of what one wrote or of what another did, never a part', async () => {
    const { home, root, index, entry } = inHome();
    const blog = join(home, 'blog');
    mkdirSync(blog);
    const reader = openHabitIndex(blog, home);
    const lists = [100, 400, 700].map((size) =>
      Array.from({ length: size }, (_, id) => entry(`c_${id}`, { text: 'x'.repeat(200) })),
    );
    await index.write(lists[0] ?? []);
    const writing = lists.flatMap((list) => [index, openHabitIndex(root, home)].map((to) => to.write(list)));
    const reading = Array.from({ length: 30 }, () => reader.others());
    for (const { records, skipped } of await Promise.all(reading)) {
      expect(skipped).toEqual([]);
      expect(lists.map((list) => list.length)).toContain(records.length);
    }
    await Promise.all(writing);
  });

  it('lose nothing: two processes that record in one project, and two in another', async () => {
    const one = person();
    const script = join(one.home, 'habitWriter.mjs');
    await build({
      entryPoints: [fileURLToPath(new URL('habitWriter.ts', import.meta.url))],
      outfile: script,
      bundle: true,
      alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
      platform: 'node',
      format: 'esm',
      target: 'node22',
      banner: {
        js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url),__dirname=import.meta.dirname;",
      },
    });
    const [shop, blog] = [await one.project('shop'), await one.project('blog')];
    const run = (root: string, name: string) =>
      new Promise<[number | null, string]>((resolve) => {
        const child = spawn(process.execPath, [script, root, one.home, name, '12']);
        let said = '';
        child.stderr.on('data', (data) => {
          said += data;
        });
        child.on('close', (code) => resolve([code, said]));
      });
    const ends = await Promise.all(
      [shop, blog].flatMap(({ root }) => [run(root, 'first'), run(root, 'second')]),
    );
    expect(ends).toEqual(Array(4).fill([0, '']));
    expect(one.files()).toHaveLength(2);
    for (const name of one.files() ?? []) {
      const texts = readFileSync(join(one.folder, name), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).text);
      expect(new Set(texts).size).toBe(24);
    }
    expect((await shop.capture.habits()).skipped).toEqual([]);
  }, 60_000);
});
