import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headLine, headsOf, parseHeadLine } from '../../../src/core/audit/auditHeads';
import { AuditTrail, entriesBetweenCheckpoints } from '../../../src/core/audit/auditTrail';
import { type LogVerification, verifyLog } from '../../../src/core/audit/verifyLog';
import { type AuditHead, checkpointAction } from '../../../src/core/model/audit';
import type { LogLine, Store } from '../../../src/core/ports';
import type { FileStore } from '../../../src/node/fileStore';
import { fixedClock, nodeHash } from '../../../src/node/systemPorts';
import { inWorkspace, now } from '../store/samples';

const who = async () =>
  ({
    name: 'Ada Ł.',
    email: 'ada@example.org',
    from: 'git',
    face: 'cli',
    process: 'command-line test',
  }) as const;

function trailOf(store: Store, at: Date = now): AuditTrail {
  return new AuditTrail({ store, clock: fixedClock(at), hash: nodeHash }, who);
}

async function verify(store: Store, anchor: readonly AuditHead[] = []): Promise<LogVerification> {
  const { records, skipped } = await store.readLines('audit');
  return verifyLog(records, skipped, nodeHash, anchor);
}

async function segments(folder: string): Promise<readonly string[]> {
  return (await readdir(join(folder, 'audit'))).sort().map((name) => join(folder, 'audit', name));
}

/** Two writers' chains; each has seen the other's, the second one last. */
async function twoWriters(
  test: (files: readonly string[], folder: string, store: FileStore) => Promise<void>,
): Promise<void> {
  await inWorkspace(async ({ folder, open }) => {
    const [first, second] = [await open({ machine: 'a' }), await open({ machine: 'b' })];
    for (let i = 0; i < 4; i += 1) {
      await trailOf(first).record(
        'test.changed',
        `s${i}`,
        { i, text: 'naïve — ok' },
        { before: null, after: { i } },
      );
    }
    for (let i = 0; i < 3; i += 1)
      await trailOf(second).record('test.changed', `t${i}`, {}, { why: 'because' });
    await test(await segments(folder), folder, second);
  });
}

/** The lines of one segment, as the store would give them. */
function linesOfText(path: string, bytes: Uint8Array): readonly LogLine[] {
  const text = Buffer.from(bytes);
  const parts = text.toString('latin1').split('\n');
  const ended = parts.at(-1) === '';
  const whole = ended ? parts.slice(0, -1) : parts;
  return whole.map((part, index) => {
    const bytes = Buffer.from(part, 'latin1');
    const decoded = bytes.toString('utf8');
    const text = Buffer.from(decoded, 'utf8').equals(bytes) ? decoded : undefined;
    return { path, line: index + 1, text, ended: ended || index < whole.length - 1 };
  });
}

describe('verifying the log as it lies on the disk', () => {
  it('finds nothing in what was written', async () => {
    await twoWriters(async (_files, _folder, store) => {
      expect(await verify(store)).toMatchObject({ firstBroken: null, problems: [], torn: [] });
    });
  });

  it('finds any byte that was changed to any other', async () => {
    await twoWriters(async ([file = ''], _folder, store) => {
      const bytes = await readFile(file);
      const { records } = await store.readLines('audit');
      const [path = ''] = records.map((line) => line.path);
      const others = records.filter((line) => line.path !== path);
      const found = (changed: Uint8Array) =>
        verifyLog([...linesOfText(path, changed), ...others], [], nodeHash);
      expect(found(bytes).problems).toEqual([]);
      fc.assert(
        fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
          const changed = Uint8Array.from(bytes);
          changed[at] = ((changed[at] ?? 0) + by) % 256;
          expect(found(changed).problems.length).toBeGreaterThan(0);
        }),
        {
          numRuns: 600,
          examples: [
            [bytes.length - 1, 1],
            [bytes.length - 1, 3],
            [0, 1],
          ],
        },
      );
    });
  });

  it('finds a line that was taken out, stands twice, or changed places with the next', async () => {
    await twoWriters(async (files, _folder, store) => {
      for (const file of files) {
        const whole = await readFile(file, 'utf8');
        const lines = whole.trimEnd().split('\n');
        const check = async (changed: readonly string[], reason: RegExp) => {
          await writeFile(file, `${changed.join('\n')}\n`);
          const { problems, firstBroken } = await verify(store);
          expect(problems.map((one) => one.reason).join('\n')).toMatch(reason);
          expect(firstBroken).not.toBeNull();
        };
        for (let at = 0; at < lines.length; at += 1) {
          // The end of the chain that nobody has seen since is what a log cannot miss by itself.
          const seen = file !== files[1] || at < lines.length - 1;
          if (seen) await check(lines.toSpliced(at, 1), /missing|had \d+ entries/);
          const line = lines[at] ?? '';
          await check(lines.toSpliced(at, 0, line), /twice/);
          const next = lines[at + 1];
          if (next !== undefined) await check(lines.toSpliced(at, 2, next, line), /out of its order/);
        }
        await writeFile(file, whole);
      }
    });
  });

  it('misses the end of another writer’s chain by a checkpoint, and says who saw it', async () => {
    await twoWriters(async ([file = ''], _folder, store) => {
      const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
      for (let kept = 1; kept < lines.length; kept += 1) {
        await writeFile(file, `${lines.slice(0, kept).join('\n')}\n`);
        const { problems, firstBroken } = await verify(store);
        expect(firstBroken).toBe(`a-0-${kept}`);
        expect(problems).toMatchObject([
          {
            line: kept,
            reason: `writer a-0 had 4 entries at ${now.toISOString()}, by a checkpoint of b-0; now it has ${kept}`,
          },
        ]);
        expect(basename(problems[0]?.path ?? '')).toBe('2026-11.a-0.jsonl');
      }
      await rm(file);
      expect((await verify(store)).problems[0]?.reason).toContain('now it has 0');
    });
  });

  it('misses a chain that was cut off and went on otherwise', async () => {
    await inWorkspace(async ({ folder, open }) => {
      const first = await open({ machine: 'a' });
      await trailOf(first).record('test.changed', 'one');
      await trailOf(first).record('test.changed', 'two');
      const second = await open({ machine: 'b' });
      await trailOf(second).record('test.changed', 'seen');
      const [file = ''] = await segments(folder);
      const [line = ''] = (await readFile(file, 'utf8')).split('\n');
      await writeFile(file, `${line}\n`);
      await trailOf(first).record('test.changed', 'another two');
      // The new entry is a checkpoint with another hash than the one seen.
      expect((await verify(second)).problems[0]).toMatchObject({ entryId: 'a-0-1' });
    });
  });

  it('finds a segment of a month in the middle that was taken away', async () => {
    await inWorkspace(async ({ folder, open }) => {
      for (const month of ['08', '09', '10']) {
        const at = new Date(`2026-${month}-03T10:00:00.000Z`);
        const store = await open({ machine: 'a', clock: fixedClock(at) });
        await trailOf(store, at).record('test.changed', month);
        await store.close();
      }
      const store = await open({ machine: 'z' });
      expect((await verify(store)).firstBroken).toBeNull();
      await rm((await segments(folder))[1] ?? '');
      expect((await verify(store)).problems).toMatchObject([
        { entryId: 'a-0-2', reason: '1 of the entries before it is missing' },
      ]);
    });
  });

  it('finds an entry in the segment of another writer', async () => {
    await twoWriters(async ([first = '', second = ''], _folder, store) => {
      const [line = ''] = (await readFile(second, 'utf8')).split('\n');
      await appendFile(first, `${line}\n`);
      expect((await verify(store)).problems.map((one) => one.reason)).toContain(
        'it is by the writer b-0, not by a-0',
      );
    });
  });

  it('finds what was put into a line that no reader knows', async () => {
    await twoWriters(async ([file = ''], _folder, store) => {
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replace('"subject"', '"extra":1,"subject"'));
      expect((await verify(store)).firstBroken).toBe('a-0-0');
    });
  });

  it('takes the line ends of another system for no change', async () => {
    await twoWriters(async (files, _folder, store) => {
      for (const file of files)
        await writeFile(file, (await readFile(file, 'utf8')).replaceAll('\n', '\r\n'));
      expect((await verify(store)).problems).toEqual([]);
    });
  });
});

describe('a line that was cut off while it was written', () => {
  it('is torn, not changed, wherever it was cut, and the chain goes on behind it', async () => {
    await twoWriters(async ([file = ''], _folder, store) => {
      const whole = await readFile(file);
      const lost = Buffer.from(whole.toString('utf8').split('\n')[0]?.replaceAll('a-0-0', 'a-0-4') ?? '');
      for (const length of [1, 5, 30, 70, lost.length - 1]) {
        await writeFile(file, Buffer.concat([whole, lost.subarray(0, length)]));
        expect(await verify(store)).toMatchObject({ firstBroken: null, torn: [{ line: 5 }] });
        const own: Store = {
          ...store,
          writer: 'a-0',
          append: (log, entries) => appendTo(file, log, entries),
        };
        await trailOf(own).record('test.changed', 'next');
        expect(await verify(store)).toMatchObject({ firstBroken: null, torn: [{ line: 5 }] });
      }
    });
  });

  it('is no excuse for an entry that is missing', async () => {
    await twoWriters(async ([file = ''], _folder, store) => {
      const lines = (await readFile(file, 'utf8')).split('\n');
      lines[1] = lines[1]?.slice(0, 40) ?? '';
      await writeFile(file, lines.join('\n'));
      const { problems, torn } = await verify(store);
      expect(torn).toEqual([]);
      expect(problems.map((one) => one.line)).toEqual([2, 3]);
    });
  });
});

async function appendTo(file: string, _log: string, entries: readonly unknown[]): Promise<void> {
  await appendFile(file, `\n${entries.map((entry) => JSON.stringify(entry)).join('\n')}\n`);
}

describe('checkpoints and heads', () => {
  it('are written again after so many entries of one process', async () => {
    await inWorkspace(async ({ open }) => {
      const [first, second] = [await open({ machine: 'a' }), await open({ machine: 'b' })];
      await trailOf(second).record('test.changed', 'other');
      const trail = trailOf(first);
      for (let i = 0; i < entriesBetweenCheckpoints; i += 1) {
        if (i === 50) await trailOf(second).record('test.changed', 'meanwhile');
        await trail.record('test.changed', `${i}`);
      }
      const { records } = await first.readLog('audit');
      const own = records.filter(({ writer, action }) => writer === 'a-0' && action === checkpointAction);
      expect(own.map(({ sequence }) => sequence)).toEqual([0, entriesBetweenCheckpoints]);
      expect((await verify(first)).firstBroken).toBeNull();
    });
  });

  it('say nothing anew where nothing is new', async () => {
    await inWorkspace(async ({ open }) => {
      const [first, second] = [await open({ machine: 'a' }), await open({ machine: 'b' })];
      await trailOf(first).record('test.changed', 'one');
      for (let i = 0; i < 3; i += 1) await trailOf(second).record('test.changed', `${i}`);
      const { records } = await first.readLog('audit');
      expect(records.filter(({ action }) => action === checkpointAction)).toHaveLength(1);
    });
  });

  it('as a line kept elsewhere, show the end of every chain that was cut off later', async () => {
    await twoWriters(async ([, file = ''], _folder, store) => {
      const line = headLine(headsOf((await store.readLog('audit')).records));
      const anchor = parseHeadLine(`Deploy 1.2.0\t${line}`);
      expect(await verify(store, anchor)).toMatchObject({ firstBroken: null });
      const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
      await writeFile(file, `${lines.slice(0, -1).join('\n')}\n`);
      expect((await verify(store)).firstBroken).toBeNull();
      expect(await verify(store, anchor)).toMatchObject({
        firstBroken: `b-0-${lines.length - 1}`,
        problems: [{ reason: `writer b-0 had 4 entries by the head given; now it has 3` }],
      });
    });
  });

  it('refuses a line that is none', () => {
    for (const line of [
      '',
      'a-0:1:ff',
      'claude-pm-audit/1 a-0:1:xyz',
      `claude-pm-audit/1 a-0:-1:${'0'.repeat(64)}`,
    ]) {
      expect(() => parseHeadLine(line)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    }
    expect(parseHeadLine('claude-pm-audit/1')).toEqual([]);
  });
});

describe('an entry', () => {
  it('says who, from which bytes to which, and why', async () => {
    await inWorkspace(async ({ open }) => {
      const store = await open({ machine: 'w' });
      const trail = trailOf(store);
      await trail.record(
        'test.changed',
        's',
        {},
        { before: { b: 1, a: 2 }, after: 'f'.repeat(64), why: ' too long ' },
      );
      await trail.record('test.changed', 's', {}, { before: null, why: '  ' });
      const [first, second] = (await store.readLog('audit')).records;
      expect(first).toMatchObject({
        who: await who(),
        before: nodeHash.sha256('{"a":2,"b":1}'),
        after: 'f'.repeat(64),
        why: 'too long',
      });
      expect(second).toMatchObject({ before: null });
      expect(second).not.toHaveProperty('after');
      expect(second).not.toHaveProperty('why');
    });
  });
});
