import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backupFolder, contentFolder } from '../../../src/core/model/collections';
import { inWorkspace } from './samples';

/** SHA-256 of "abc": FIPS 180-4's example, NIST. */
const abcHash = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

describe('contents', () => {
  it('lie under their SHA-256', async () => {
    await inWorkspace(async ({ folder, open }) => {
      const store = await open();
      expect(await store.putContent(Buffer.from('abc'))).toBe(abcHash);
      expect(await readdir(join(folder, contentFolder))).toEqual([abcHash]);
    });
  });

  it('come back byte for byte, also twice stored', async () => {
    await inWorkspace(async ({ open }) => {
      const store = await open();
      await fc.assert(
        fc.asyncProperty(fc.uint8Array(), async (bytes) => {
          const hash = await store.putContent(bytes);
          expect(await store.putContent(bytes)).toBe(hash);
          expect(Buffer.compare(await store.getContent(hash), bytes)).toBe(0);
        }),
        { numRuns: 30 },
      );
    });
  });

  it('that were changed on disk are refused, and kept when they are stored again', async () => {
    await inWorkspace(async ({ folder, open }) => {
      const store = await open();
      await store.putContent(Buffer.from('abc'));
      await writeFile(join(folder, contentFolder, abcHash), 'abd');
      await expect(store.getContent(abcHash)).rejects.toMatchObject({ code: 'VERIFICATION_FAILED' });
      await store.putContent(Buffer.from('abc'));
      expect(Buffer.from(await store.getContent(abcHash)).toString()).toBe('abc');
      expect(await readFile(join(folder, contentFolder, `${abcHash}.unreadable-1`), 'utf8')).toBe('abd');
    });
  });

  it('that are not there are not found, and what is no hash is no path', async () => {
    await inWorkspace(async ({ open }) => {
      const store = await open();
      await expect(store.getContent(abcHash)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      for (const name of ['', '../x', abcHash.toUpperCase(), `${abcHash}/..`]) {
        await expect(store.getContent(name)).rejects.toMatchObject({ code: 'UNSAFE_NAME' });
      }
    });
  });
});

describe('backups', () => {
  it('bear time and target, and hold the bytes', async () => {
    await inWorkspace(async ({ folder, open }) => {
      const store = await open();
      const name = await store.backup('.claude/agents/qa.md', Buffer.from('abc'));
      expect(name).toBe('2026-11-23T10-00-00.000Z.ba7816bf8f01.claude-agents-qa.md');
      expect(await readFile(join(folder, backupFolder, name), 'utf8')).toBe('abc');
    });
  });

  it('never overwrite one another', async () => {
    await inWorkspace(async ({ folder, open }) => {
      const store = await open();
      const names = new Set<string>();
      for (const text of ['abc', 'abd']) names.add(await store.backup('CLAUDE.md', Buffer.from(text)));
      const first = [...names][0] ?? '';
      await writeFile(join(folder, backupFolder, first), 'something else in its place');
      names.add(await store.backup('CLAUDE.md', Buffer.from('abc')));
      expect(names.size).toBe(3);
      expect(await readFile(join(folder, backupFolder, first), 'utf8')).toBe('something else in its place');
    });
  });

  it('stay in their folder whatever the target is called', async () => {
    await inWorkspace(async ({ root, folder, open }) => {
      const store = await open();
      await fc.assert(
        fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('../../x')), async (target) => {
          const name = await store.backup(target, Buffer.from(target));
          expect(await readdir(join(folder, backupFolder))).toContain(name);
        }),
        { numRuns: 30 },
      );
      expect(await readdir(root)).toEqual(['.claude-pm']);
    });
  });
});
