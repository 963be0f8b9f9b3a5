import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { packTar } from 'modern-tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BackupFile } from '../../../src/core/model/backup';
import { encrypt, generateKeyPair, type KeyPair, recipientOf } from '../../../src/node/backup/ageStream';
import type { OpeningKeys } from '../../../src/node/backup/backupKeys';
import { readArchive } from '../../../src/node/backup/readArchive';
import { type SourceFile, tarBytes, writeArchive } from '../../../src/node/backup/writeArchive';

const folder = mkdtempSync(join(tmpdir(), 'archive-'));
const createdAt = new Date('2026-11-26T12:00:00.000Z');
let pair: KeyPair;
let keys: OpeningKeys;
let number = 0;

beforeAll(async () => {
  pair = await generateKeyPair();
  keys = { passphrases: [], identities: [pair.identity] };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function newPath(): string {
  number += 1;
  return join(folder, `archive-${number}.tar.gz.age`);
}
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const sourcesOf = (tree: ReadonlyMap<string, Uint8Array>): SourceFile[] =>
  [...tree].map(([path, bytes]) => ({ path, read: async () => bytes }));

async function write(tree: ReadonlyMap<string, Uint8Array>, path = newPath()): Promise<string> {
  const key = { kind: 'recipients', recipients: [pair.recipient] } as const;
  await writeArchive({ target: path, key, createdAt, files: sourcesOf(tree) });
  return path;
}

async function read(path: string, opening = keys, maximum?: number) {
  const tree = new Map<string, Uint8Array>();
  const take = async (file: BackupFile, bytes: AsyncIterable<Uint8Array>) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of bytes) chunks.push(chunk);
    tree.set(file.path, Buffer.concat(chunks));
  };
  await readArchive({ path, keys: opening, take, ...(maximum === undefined ? {} : { maximum }) });
  return tree;
}

const code = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error);

const name = fc
  .array(fc.constantFrom('a', 'Z', '0', '-', '.', ' ', 'é', '日', '𝒳', '~'), { minLength: 1, maxLength: 40 })
  .map((parts) => parts.join(''))
  .filter((part) => part !== '.' && part !== '..' && part !== '~');
/** Deep and long enough for every way in which tar writes a name. */
const treeOf = fc
  .uniqueArray(fc.tuple(fc.array(name, { minLength: 1, maxLength: 8 }), fc.uint8Array({ maxLength: 3000 })), {
    selector: ([parts]) => parts.join('/'),
    maxLength: 12,
  })
  .map((files) => new Map(files.map(([parts, bytes]) => [`records/x/${parts.join('/')}`, bytes] as const)))
  .filter((tree) =>
    [...tree.keys()].every((path) => ![...tree.keys()].some((other) => other.startsWith(`${path}/`))),
  )
  .filter((tree) => [...tree.keys()].every((path) => !path.endsWith('.tmp')));

describe('an archive', () => {
  it('gives back every byte and every name that went into it', async () => {
    await fc.assert(
      fc.asyncProperty(treeOf, async (tree) => {
        const back = await read(await write(tree));
        expect([...back.keys()]).toEqual([...tree.keys()]);
        for (const [path, bytes] of tree)
          expect(Buffer.from(bytes).equals(back.get(path) ?? new Uint8Array(1))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('holds the same bytes for the same files and time, before it is encrypted', async () => {
    const tree = new Map([
      ['records/a.json', Buffer.from('{}')],
      ['records/b/c', Buffer.alloc(70_000, 7)],
    ]);
    const manifest = (await readArchive({ path: await write(tree), keys })).manifest;
    const packed = async () => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of tarBytes({ target: '', createdAt, files: sourcesOf(tree) }, manifest))
        chunks.push(chunk);
      return Buffer.concat(chunks);
    };
    const tar = await packed();
    expect(sha256(tar)).toBe(sha256(await packed()));
    expect(tar.length % 512).toBe(0);
  });

  it('tells nothing of what it holds', async () => {
    const bytes = readFileSync(
      await write(new Map([['records/secret-name', Buffer.from('secret words '.repeat(200))]])),
    );
    expect(bytes.toString('latin1')).toMatch(/^age-encryption\.org\/v1\n-> X25519 /);
    expect(bytes.toString('latin1')).not.toMatch(/secret/);
  });

  it('takes a file that grew meanwhile as it was, and begins again where one was rewritten', async () => {
    let reads = 0;
    const readNext = async () => {
      reads += 1;
      return reads;
    };
    const log = {
      path: 'records/log.jsonl',
      read: async () => Buffer.from('{}\n'.repeat(await readNext())),
    };
    const target = newPath();
    const key = { kind: 'recipients', recipients: [pair.recipient] } as const;
    await writeArchive({ target, key, createdAt, files: [log] });
    expect((await read(target)).get('records/log.jsonl')).toEqual(Buffer.from('{}\n'));
    const rewritten = { path: 'records/x', read: async () => Buffer.from(`${await readNext()}`) };
    const failing = newPath();
    await expect(writeArchive({ target: failing, key, createdAt, files: [rewritten] })).rejects.toMatchObject(
      {
        code: 'STORAGE_FAILED',
        subject: 'records/x',
      },
    );
    expect(readdirSync(folder).some((file) => failing.endsWith(file) || file.endsWith('.tmp'))).toBe(false);
  });

  it('stops when it is cancelled, and leaves no file', async () => {
    const target = newPath();
    const signal = AbortSignal.abort();
    const key = { kind: 'recipients', recipients: [pair.recipient] } as const;
    const files = sourcesOf(new Map([['records/a', Buffer.from('a')]]));
    await expect(writeArchive({ target, key, createdAt, files, signal })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(() => readFileSync(target)).toThrow(/ENOENT/);
  });
});

describe('an archive and its keys', () => {
  it('opens with the passphrase it was made with, and no other', async () => {
    const target = newPath();
    const files = sourcesOf(new Map([['records/a', Buffer.from('a')]]));
    await writeArchive({ target, key: { kind: 'passphrase', passphrase: 'läng’s 日' }, createdAt, files });
    expect((await read(target, { passphrases: ['läng’s 日'], identities: [] })).size).toBe(1);
    const wrong = read(target, { passphrases: ['wrong'], identities: [pair.identity] });
    await expect(wrong).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    await expect(wrong).rejects.not.toThrow(/wrong|AGE-SECRET/);
  }, 30_000);

  it('opens with the key of each recipient, and with none other', async () => {
    const second = await generateKeyPair();
    const target = newPath();
    const key = { kind: 'recipients', recipients: [pair.recipient, second.recipient] } as const;
    await writeArchive({ target, key, createdAt, files: [] });
    expect((await read(target, { passphrases: [], identities: [second.identity] })).size).toBe(0);
    const other = { passphrases: [], identities: [(await generateKeyPair()).identity] };
    await expect(read(target, other)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    await expect(read(target, { passphrases: [], identities: [] })).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
    });
  });

  it('names the recipient that is none, and shows no secret that is none', async () => {
    const key = { kind: 'recipients', recipients: ['age1nonsense'] } as const;
    const target = newPath();
    await expect(writeArchive({ target, key, createdAt, files: [] })).rejects.toMatchObject({
      code: 'INVALID_CONFIGURATION',
      subject: expect.stringContaining('age1nonsense'),
    });
    const path = await write(new Map());
    const secret = 'AGE-SECRET-KEY-1NONSENSE';
    const error: unknown = await read(path, { passphrases: [], identities: [secret] }).catch(
      (cause) => cause,
    );
    expect(code(error)).toBe('INVALID_INPUT');
    expect(JSON.stringify(error)).not.toContain('NONSENSE');
    await expect(recipientOf(secret)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await recipientOf(pair.identity)).toBe(pair.recipient);
  });
});

describe('an archive that was damaged', () => {
  const faults = ['VERIFICATION_FAILED', 'PERMISSION_DENIED'];

  it('is refused wherever it is cut off', async () => {
    const path = await write(
      new Map([
        ['records/a', Buffer.alloc(150_000, 'abc')],
        ['records/b', Buffer.from('b')],
      ]),
    );
    const whole = readFileSync(path);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
        const cut = newPath();
        writeFileSync(cut, whole.subarray(0, length));
        expect(faults).toContain(code(await read(cut).catch((cause) => cause)));
      }),
      { numRuns: 60 },
    );
  });

  it('is refused whatever bit of it is changed', async () => {
    const path = await write(new Map([['records/a', Buffer.from('hello '.repeat(500))]]));
    const whole = readFileSync(path);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(7), async (at, bit) => {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        const other = newPath();
        writeFileSync(other, changed);
        expect(faults).toContain(code(await read(other).catch((cause) => cause)));
      }),
      { numRuns: 150 },
    );
  });

  it('is told apart from one that is not there', async () => {
    await expect(read(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

type Header = Parameters<typeof packTar>[0][number]['header'];
interface Entry {
  readonly header: Omit<Header, 'size'> & { readonly size?: number };
  readonly body?: string;
}

/** Encrypts what an attacker packed; who knows a public key can do so. */
async function hostile(
  entries: readonly Entry[],
  files: readonly unknown[],
  after = Buffer.alloc(0),
): Promise<string> {
  const manifest = JSON.stringify({
    schemaVersion: 1,
    createdAt: createdAt.toISOString(),
    product: { name: 'x', version: '1' },
    files,
  });
  const all: Entry[] = [{ header: { name: 'manifest.json' }, body: manifest }, ...entries];
  const tar = await packTar(
    all.map(({ header, body = '' }) => ({ header: { size: Buffer.byteLength(body), ...header }, body })),
  );
  return seal(gzipSync(Buffer.concat([tar, after])));
}

async function seal(plain: Uint8Array): Promise<string> {
  const path = newPath();
  const chunks: Uint8Array[] = [];
  const one = async function* () {
    yield plain;
  };
  for await (const chunk of encrypt(one(), { kind: 'recipients', recipients: [pair.recipient] }))
    chunks.push(chunk);
  writeFileSync(path, Buffer.concat(chunks));
  return path;
}

const listed = (path: string, body = 'x') => ({
  path,
  sha256: sha256(Buffer.from(body)),
  bytes: Buffer.byteLength(body),
});

describe('an archive from somebody else', () => {
  it.each([
    'records/../../evil',
    'records/a/../../../evil',
    'records//etc/passwd',
    '/etc/passwd',
    'records/./a',
    'records/a/',
    'records/a\\..\\evil',
    'records/C:/evil',
    'records/a\u0000b',
    'evil',
    'records/.cache/locks/workspace',
    'records/.restore-x/journal.json',
    'prompts/.git/hooks/post-checkout',
    'prompts/.GIT/x.md',
    'prompts/.vscode/tasks.json',
    'prompts/.claude-pm/x.md',
    'prompts/~/.claude/CLAUDE.md',
    'prompts/package.json',
    `records/${'a'.repeat(300)}`,
  ])('is refused when it names %j', async (path) => {
    const archive = await hostile([{ header: { name: path }, body: 'x' }], [listed(path)]);
    await expect(read(archive)).rejects.toMatchObject({ code: 'UNSAFE_NAME' });
  });

  it('is refused when a file stands there twice, or is a folder too', async () => {
    const twice = [
      { header: { name: 'records/a' }, body: 'x' },
      { header: { name: 'records/a' }, body: 'x' },
    ];
    await expect(
      read(await hostile(twice, [listed('records/a'), listed('records/a')])),
    ).rejects.toMatchObject({ code: 'UNSAFE_NAME' });
    const both = [
      { header: { name: 'records/a' }, body: 'x' },
      { header: { name: 'records/a/b' }, body: 'x' },
    ];
    await expect(
      read(await hostile(both, [listed('records/a'), listed('records/a/b')])),
    ).rejects.toMatchObject({ code: 'UNSAFE_NAME' });
  });

  it.each(['symlink', 'link', 'character-device', 'block-device', 'fifo', 'directory'] as const)(
    'is refused when it holds a %s',
    async (type) => {
      const archive = await hostile(
        [{ header: { name: 'records/a', type, linkname: '/etc/passwd' } }],
        [listed('records/a', '')],
      );
      await expect(read(archive)).rejects.toThrow(new RegExp(type));
    },
  );

  it('is refused when it holds more, less or other than its list', async () => {
    const a = { header: { name: 'records/a' }, body: 'x' };
    for (const archive of [
      await hostile([a], []),
      await hostile([], [listed('records/a')]),
      await hostile([a], [listed('records/a', 'y')]),
      await hostile([a], [listed('records/a', 'xx')]),
      await hostile([a], [listed('records/b')]),
      await hostile(
        [{ header: { name: 'records/a', pax: { path: 'records/../x' } }, body: 'x' }],
        [listed('records/a')],
      ),
    ]) {
      await expect(read(archive)).rejects.toMatchObject({ code: 'VERIFICATION_FAILED' });
    }
  });

  it('is refused when it unpacks to more than it may, or than it says', async () => {
    const claims = await hostile([], [{ ...listed('records/a'), bytes: 2 ** 50 }]);
    await expect(read(claims)).rejects.toThrow(/bytes, more than/);
    const small = await hostile(
      [{ header: { name: 'records/a' }, body: 'xxxx' }],
      [listed('records/a', 'xxxx')],
    );
    await expect(read(small, keys, 3)).rejects.toThrow(/more than 3/);
    const bomb = await hostile([], [], Buffer.alloc(80 * 1024 ** 2));
    await expect(read(bomb)).rejects.toThrow(/unpacks to more/);
  });

  it('is refused when it is no tar, no gzip, or its list is none', async () => {
    for (const archive of [
      await seal(Buffer.from('plain text')),
      await seal(new Uint8Array()),
      await seal(gzipSync(Buffer.from('no tar archive at all'))),
      await seal(gzipSync(Buffer.alloc(10_240))),
      await seal(gzipSync(await packTar([{ header: { name: 'records/a', size: 1 }, body: 'x' }]))),
      await seal(gzipSync(await packTar([{ header: { name: 'manifest.json', size: 1 }, body: '{' }]))),
      await seal(gzipSync(await packTar([{ header: { name: 'manifest.json', size: 2 }, body: '{}' }]))),
      await hostile([], [{ path: 'records/a', sha256: 'no', bytes: -1 }]),
    ]) {
      await expect(read(archive)).rejects.toMatchObject({ code: 'VERIFICATION_FAILED' });
    }
  });
});
