import { mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draft, inWorkspace, metrics } from './samples';

const drafts = 'prompt_improvement/templates';

async function filesBelow(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).sort();
}

describe('records', () => {
  it('are read as they were written, in the order of their ids', async () => {
    await inWorkspace(async ({ open }) => {
      const store = await open();
      for (const id of ['b@1.1.0-draft.1', 'b@1.0.0', 'a']) await store.put('reviewDrafts', draft(id));
      const reader = await open();
      expect(await reader.get('reviewDrafts', 'b@1.0.0')).toEqual(draft('b@1.0.0'));
      expect((await reader.list('reviewDrafts')).records.map((record) => record.improvementId)).toEqual([
        'a',
        'b@1.0.0',
        'b@1.1.0-draft.1',
      ]);
    });
  });

  it('are told by their ids without being read', async () => {
    await inWorkspace(async ({ folder, open }) => {
      const store = await open();
      for (const id of ['b@1.1.0', 'b@1.0.0', 'ab@1.0.0']) await store.put('reviewDrafts', draft(id));
      await writeFile(join(folder, drafts, 'b@1.0.0.json'), 'no record at all');
      expect(await store.ids('reviewDrafts')).toEqual({
        records: ['ab@1.0.0', 'b@1.0.0', 'b@1.1.0'],
        skipped: [],
      });
      expect((await store.ids('reviewDrafts', 'b@')).records).toEqual(['b@1.0.0', 'b@1.1.0']);
      expect((await store.ids('templates')).records).toEqual([]);
    });
  });

  it('are one pretty JSON file each, and nothing else is left beside it', async () => {
    await inWorkspace(async ({ folder, open }) => {
      const store = await open();
      await store.put('reviewDrafts', draft('a', 'old'));
      await store.put('reviewDrafts', draft('a', 'new'));
      expect(await filesBelow(folder)).toEqual(['prompt_improvement', drafts, `${drafts}/a.json`]);
      const text = await readFile(join(folder, drafts, 'a.json'), 'utf8');
      expect(text).toBe(`${JSON.stringify(draft('a', 'new'), null, 2)}\n`);
    });
  });

  it('that are removed are gone, and removing again does no harm', async () => {
    await inWorkspace(async ({ open }) => {
      const store = await open();
      await store.put('reviewDrafts', draft('a'));
      await store.remove('reviewDrafts', 'a');
      await store.remove('reviewDrafts', 'a');
      expect(await store.get('reviewDrafts', 'a')).toBeUndefined();
    });
  });

  it('are not written while a workspace is only looked at', async () => {
    await inWorkspace(async ({ folder, open }) => {
      await mkdir(folder);
      const store = await open();
      expect(await store.list('templates')).toEqual({ records: [], skipped: [] });
      expect(await store.readLog('corrections')).toEqual({ records: [], skipped: [] });
      expect(await readdir(folder)).toEqual([]);
    });
  });

  it('of a shape that is not theirs are refused before anything is written', async () => {
    await inWorkspace(async ({ root, open }) => {
      const store = await open();
      await expect(store.put('improvementMetrics', metrics('a', -1))).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringContaining('proposed must be at least 0'),
      });
      expect(await readdir(root)).toEqual([]);
    });
  });
});

describe('a record that cannot be read', () => {
  const broken: readonly [what: string, text: string | Buffer, line: number, reason: RegExp][] = [
    ['is cut off', '{\n  "schemaVersion": 1,\n  "improvementId": "bad"', 3, /not valid JSON/],
    ['has a comma too many', '{\n  "schemaVersion": 1,\n}', 3, /not valid JSON/],
    ['is empty', '', 1, /empty/],
    ['is not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 0, /not UTF-8/],
    [
      'comes from a later version',
      JSON.stringify({ ...draft('bad'), schemaVersion: 2 }),
      0,
      /schemaVersion must be 1/,
    ],
    ['misses a key', '{"schemaVersion":1,"improvementId":"bad"}', 0, /text must be of type string/],
    ['bears another id than its file', JSON.stringify(draft('good')), 0, /improvementId is another/],
  ];

  it.each(broken)(
    'because it %s is reported with path and line, and the rest goes on',
    async (_, text, line, reason) => {
      await inWorkspace(async ({ folder, open }) => {
        const store = await open();
        await store.put('reviewDrafts', draft('good'));
        await writeFile(join(folder, drafts, 'bad.json'), text);
        const { records, skipped } = await store.list('reviewDrafts');
        expect(records).toEqual([draft('good')]);
        expect(skipped).toEqual([
          { path: `.claude-pm/${drafts}/bad.json`, line, reason: expect.stringMatching(reason) },
        ]);
        await expect(store.get('reviewDrafts', 'bad')).rejects.toMatchObject({ code: 'RECORD_UNREADABLE' });
      });
    },
  );

  it('is set aside, never overwritten, when the record is written again', async () => {
    await inWorkspace(async ({ folder, open }) => {
      const store = await open();
      await mkdir(join(folder, drafts), { recursive: true });
      for (const text of ['first {', 'second {']) {
        await writeFile(join(folder, drafts, 'a.json'), text);
        await store.put('reviewDrafts', draft('a'));
      }
      expect(await store.get('reviewDrafts', 'a')).toEqual(draft('a'));
      expect(await readFile(join(folder, drafts, 'a.json.unreadable-1'), 'utf8')).toBe('first {');
      expect(await readFile(join(folder, drafts, 'a.json.unreadable-2'), 'utf8')).toBe('second {');
      expect((await store.list('reviewDrafts')).skipped.map((one) => one.path)).toEqual([
        `.claude-pm/${drafts}/a.json.unreadable-1`,
        `.claude-pm/${drafts}/a.json.unreadable-2`,
      ]);
    });
  });

  it('is set aside when the record is removed', async () => {
    await inWorkspace(async ({ folder, open }) => {
      const store = await open();
      await mkdir(join(folder, drafts), { recursive: true });
      await writeFile(join(folder, drafts, 'a.json'), 'broken {');
      await store.remove('reviewDrafts', 'a');
      expect(await readdir(join(folder, drafts))).toEqual(['a.json.unreadable-1']);
    });
  });

  it('may be a folder: it is reported, and moved out of the way', async () => {
    await inWorkspace(async ({ folder, open }) => {
      const store = await open();
      await mkdir(join(folder, drafts, 'a.json'), { recursive: true });
      expect((await store.list('reviewDrafts')).skipped).toMatchObject([
        { reason: expect.stringMatching(/a folder/) },
      ]);
      await store.put('reviewDrafts', draft('a'));
      expect(await store.get('reviewDrafts', 'a')).toEqual(draft('a'));
    });
  });
});

describe('a folder that cannot be used', () => {
  it('is reported by its path when it is read, and the other folders go on', async () => {
    await inWorkspace(async ({ folder, open }) => {
      const store = await open();
      await store.put('improvementMetrics', metrics('m', 1));
      await writeFile(join(folder, drafts), 'a file where a folder should be');
      expect(await store.list('reviewDrafts')).toEqual({
        records: [],
        skipped: [{ path: `.claude-pm/${drafts}`, line: 0, reason: expect.stringMatching(/ENOTDIR/) }],
      });
      expect((await store.list('improvementMetrics')).records).toHaveLength(1);
    });
  });

  it('makes writing fail with the path and what to do', async () => {
    await inWorkspace(async ({ folder, open }) => {
      const store = await open();
      await mkdir(join(folder, 'prompt_improvement'), { recursive: true });
      await writeFile(join(folder, drafts), 'a file where a folder should be');
      await expect(store.put('reviewDrafts', draft('a'))).rejects.toMatchObject({
        code: 'STORAGE_FAILED',
        subject: join(folder, drafts, 'a.json'),
        remedy: expect.stringMatching(/try again/),
      });
    });
  });

  it.skipIf(process.getuid?.() === 0)('for want of permission says so', async () => {
    await inWorkspace(async ({ folder, open }) => {
      const store = await open();
      await mkdir(join(folder, drafts), { recursive: true, mode: 0o000 });
      await expect(store.put('reviewDrafts', draft('a'))).rejects.toMatchObject({
        code: 'PERMISSION_DENIED',
      });
      expect((await store.list('reviewDrafts')).skipped).toMatchObject([
        { reason: expect.stringMatching(/permission/) },
      ]);
    });
  });

  it('because it is a link to elsewhere is not written through', async () => {
    await inWorkspace(async ({ root, folder, open }) => {
      const store = await open();
      const elsewhere = join(root, 'elsewhere');
      await mkdir(elsewhere);
      await mkdir(folder);
      await symlink(elsewhere, join(folder, 'prompt_improvement'));
      await expect(store.put('reviewDrafts', draft('a'))).rejects.toMatchObject({ code: 'UNSAFE_NAME' });
      expect(await readdir(elsewhere)).toEqual([]);
    });
  });
});

describe('ids that are no file names', () => {
  const unsafe = fc.oneof(
    fc.constantFrom('', '.', '..', '../../x', 'a/b', 'a\\b', '/etc/passwd', 'C:\\x', 'C:x', 'con', 'NUL.txt'),
    fc.constantFrom(
      'com1',
      'a\u0000b',
      'a\nb',
      'a.',
      ' a',
      'a ',
      '.hidden',
      'x'.repeat(201),
      'e\u0301',
      '\ud800',
    ),
    fc.string().map((text) => `${text}/x`),
    fc.string().map((text) => `..\\${text}`),
  );

  it('are refused by every operation and touch nothing', async () => {
    await inWorkspace(async ({ root, open }) => {
      const store = await open();
      const refused = { code: 'UNSAFE_NAME' };
      await fc.assert(
        fc.asyncProperty(unsafe, async (id) => {
          await expect(store.put('reviewDrafts', draft(id))).rejects.toMatchObject(refused);
          await expect(store.get('reviewDrafts', id)).rejects.toMatchObject(refused);
          await expect(store.remove('reviewDrafts', id)).rejects.toMatchObject(refused);
        }),
      );
      expect(await readdir(root)).toEqual([]);
    });
  });

  it('never become paths: whatever the id, it is refused or is one file in its own folder', async () => {
    await inWorkspace(async ({ root, folder, open }) => {
      const store = await open();
      const anyId = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), unsafe);
      await fc.assert(
        fc.asyncProperty(anyId, async (id) => {
          const stored = await store.put('reviewDrafts', draft(id)).then(
            () => true,
            (error) => {
              expect(error).toMatchObject({ code: 'UNSAFE_NAME' });
              return false;
            },
          );
          if (stored) expect(await store.get('reviewDrafts', id)).toEqual(draft(id));
        }),
        { numRuns: 60 },
      );
      expect(await readdir(root)).toEqual(['.claude-pm']);
      const below = await filesBelow(folder);
      expect(below.filter((path) => path.split('/').length > 3)).toEqual([]);
      expect(below.filter((path) => !path.startsWith('prompt_improvement'))).toEqual([]);
    });
  });
});

describe('what a killed writer left', () => {
  it('is swept once it is an hour old, and a young temporary file is left alone', async () => {
    await inWorkspace(async ({ folder, open }) => {
      await mkdir(join(folder, drafts), { recursive: true });
      const old = '.00000000-0000-4000-8000-000000000001.tmp';
      const young = '.00000000-0000-4000-8000-000000000002.tmp';
      for (const name of [old, young]) await writeFile(join(folder, drafts, name), 'half a rec');
      await utimes(join(folder, drafts, old), 1, 1);
      const store = await open();
      await store.put('reviewDrafts', draft('a'));
      expect(await readdir(join(folder, drafts))).toEqual([young, 'a.json']);
      expect((await store.list('reviewDrafts')).skipped).toEqual([]);
    });
  });
});
