import { appendFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { manualCorrection } from '../../../src/core/capture/manualCorrection';
import type { Correction, Session } from '../../../src/core/model/correction';
import { fixedClock, nodeHash } from '../../../src/node/systemPorts';
import { inWorkspace, now, session } from './samples';

const folderName = 'training/sessions';

function line(entry: Session | Correction): string {
  return `${JSON.stringify(entry)}\n`;
}

const { correction } = manualCorrection(
  { agentType: 'main', userCorrection: 'no' },
  {},
  { clock: fixedClock(now), hash: nodeHash },
);

describe('logs', () => {
  it('are read in the order in which they were written', async () => {
    await inWorkspace(async ({ open }) => {
      const store = await open();
      await store.append('sessions', [session('b'), session('a')]);
      await store.append('sessions', [session('c')]);
      expect((await store.readLog('sessions')).records.map((one) => one.sessionId)).toEqual(['b', 'a', 'c']);
    });
  });

  it('lie in segments by the clock’s month and the writer', async () => {
    await inWorkspace(async ({ folder, open }) => {
      const store = await open({ machine: 'here' });
      await store.append('sessions', [session('a')]);
      expect(store.writer).toBe('here-0');
      expect(await readdir(join(folder, folderName))).toEqual(['2026-11.here-0.jsonl']);
    });
  });

  it('let a later line take the place of an earlier one of the same id, where the first one stood', async () => {
    await inWorkspace(async ({ open }) => {
      const store = await open();
      await store.append('sessions', [session('a', 'old'), session('b')]);
      await store.append('sessions', [session('a', 'new')]);
      expect((await store.readLog('sessions')).records).toEqual([session('a', 'new'), session('b')]);
    });
  });

  it('hold by what they say, and not by the name of the segment that they stand in', async () => {
    const said = (userCorrection: string) => ({ ...correction, userCorrection });
    const heard = (endedAt: string) => ({ ...session('x'), endedAt });
    for (const [a, b] of [
      ['', 'never'],
      ['never', ''],
    ] as const) {
      await inWorkspace(async ({ folder, open }) => {
        const places = ['training/corrections', 'training/sessions'].map((place) => join(folder, place));
        for (const place of places) await mkdir(place, { recursive: true });
        const [corrections = '', sessions = ''] = places;
        await writeFile(join(corrections, '2026-11.a-0.jsonl'), line(said(a)));
        await writeFile(join(corrections, '2026-11.b-0.jsonl'), line(said(b)));
        await writeFile(join(sessions, '2026-11.a-0.jsonl'), line(heard('2026-11-02T00:00:00.000Z')));
        await writeFile(join(sessions, '2026-11.b-0.jsonl'), line(heard('2026-11-01T00:00:00.000Z')));
        const store = await open();
        expect((await store.readLog('corrections')).records).toEqual([said('never')]);
        expect((await store.readLog('sessions')).records).toEqual([heard('2026-11-02T00:00:00.000Z')]);
      });
    }
  });

  it('keep entries that are appended at the same time apart', async () => {
    await inWorkspace(async ({ open }) => {
      const store = await open();
      await Promise.all(Array.from({ length: 50 }, (_, i) => store.append('sessions', [session(`s${i}`)])));
      const { records, skipped } = await store.readLog('sessions');
      expect([records.length, skipped.length]).toEqual([50, 0]);
    });
  });

  it('refuse all entries of a call when one is not valid', async () => {
    await inWorkspace(async ({ root, open }) => {
      const store = await open();
      const bad = { ...session('b'), startedAt: 'yesterday' };
      await expect(store.append('sessions', [session('a'), bad])).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
      await store.append('sessions', []);
      expect(await readdir(root)).toEqual([]);
    });
  });
});

describe('a log with lines that cannot be read', () => {
  it('names each with path and line, and gives the others', async () => {
    await inWorkspace(async ({ folder, open }) => {
      await mkdir(join(folder, folderName), { recursive: true });
      const parts = [
        Buffer.from(line(session('a'))),
        Buffer.from('not json\n\n'),
        Buffer.from([0xff, 0x0a]),
        Buffer.from('{"schemaVersion":9}\n'),
        Buffer.from(line(session('b')).replace('\n', '\r\n')),
        Buffer.from('{"schemaVersion":1,"sess'),
      ];
      await writeFile(join(folder, folderName, '2026-11.x-0.jsonl'), Buffer.concat(parts));
      const { records, skipped } = await (await open()).readLog('sessions');
      expect(records.map((one) => one.sessionId)).toEqual(['a', 'b']);
      const path = `.claude-pm/${folderName}/2026-11.x-0.jsonl`;
      expect(skipped).toEqual([
        { path, line: 2, reason: 'it is not valid JSON' },
        { path, line: 4, reason: 'it is not UTF-8 text' },
        { path, line: 5, reason: 'schemaVersion must be 1' },
        { path, line: 7, reason: 'it is not valid JSON (cut off)' },
      ]);
    });
  });

  it('closes a torn last line off, so that the next entry does not glue to it', async () => {
    await inWorkspace(async ({ folder, open }) => {
      const store = await open({ machine: 'here' });
      await store.append('sessions', [session('a')]);
      const path = join(folder, folderName, '2026-11.here-0.jsonl');
      await appendFile(path, '{"schemaVersion":1,"sessionId":"to');
      await store.append('sessions', [session('b')]);
      const { records, skipped } = await store.readLog('sessions');
      expect(records.map((one) => one.sessionId)).toEqual(['a', 'b']);
      expect(skipped).toMatchObject([{ line: 2, reason: 'it is not valid JSON' }]);
      expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(4);
    });
  });

  it('goes on when a segment is a folder', async () => {
    await inWorkspace(async ({ folder, open }) => {
      const store = await open();
      await store.append('sessions', [session('a')]);
      await mkdir(join(folder, folderName, '2026-01.x-0.jsonl'));
      const { records, skipped } = await store.readLog('sessions');
      expect(records).toEqual([session('a')]);
      expect(skipped).toMatchObject([{ reason: expect.stringMatching(/EISDIR/) }]);
    });
  });

  it('never appends through a link', async () => {
    await inWorkspace(async ({ root, folder, open }) => {
      const store = await open({ machine: 'here' });
      const elsewhere = join(root, 'elsewhere.txt');
      await writeFile(elsewhere, 'mine\n');
      await mkdir(join(folder, folderName), { recursive: true });
      await symlink(elsewhere, join(folder, folderName, '2026-11.here-0.jsonl'));
      await expect(store.append('sessions', [session('a')])).rejects.toMatchObject({
        code: 'STORAGE_FAILED',
      });
      expect(await readFile(elsewhere, 'utf8')).toBe('mine\n');
    });
  });
});

describe('writers', () => {
  it('that live at the same time have names of their own', async () => {
    await inWorkspace(async ({ open }) => {
      const names = new Set<string>();
      for (let i = 0; i < 5; i += 1) names.add((await open()).writer);
      expect(names.size).toBe(5);
    });
  });

  it('give their name free when they close, so that segments do not multiply', async () => {
    await inWorkspace(async ({ folder, open }) => {
      for (let run = 0; run < 3; run += 1) {
        const store = await open();
        await store.append('sessions', [session(`run${run}`)]);
        await store.close();
      }
      expect(await readdir(join(folder, folderName))).toHaveLength(1);
    });
  });

  it('keep the cache out of version control', async () => {
    await inWorkspace(async ({ folder, open }) => {
      expect((await open()).writer).toMatch(/^[0-9a-f]{6}-0$/);
      expect(await readFile(join(folder, '.gitignore'), 'utf8')).toContain('.cache/\n');
    });
  });

  it('leave a .gitignore alone that a person has made', async () => {
    await inWorkspace(async ({ folder, open }) => {
      await mkdir(folder);
      await writeFile(join(folder, '.gitignore'), '# mine\n');
      await (await open()).append('sessions', [session('a')]);
      expect(await readFile(join(folder, '.gitignore'), 'utf8')).toBe('# mine\n');
    });
  });
});
