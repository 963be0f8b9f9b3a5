import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPromptFiles } from '../../../src/node/promptFiles';
import { nodeHash } from '../../../src/node/systemPorts';

let outer = '';
let root = '';

beforeEach(async () => {
  outer = await mkdtemp(join(tmpdir(), 'prompts-'));
  root = join(outer, 'workspace');
  await mkdir(root);
});

afterEach(async () => {
  await rm(outer, { recursive: true, force: true });
});

async function write(path: string, text: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

async function found(): Promise<string[]> {
  const { records } = await openPromptFiles(root).discover();
  return records.map((file) => `${file.path} = ${file.agentType}`);
}

const agent = (name: string) => `---\nname: ${name}\ndescription: d\n---\n\n# Text\n`;

describe('finding prompt files', () => {
  it('finds every kind, in the order of the paths, named by frontmatter or file', async () => {
    await write('CLAUDE.md', '# Rules\n');
    await write('AGENTS.md', '# Rules\n');
    await write('.github/copilot-instructions.md', 'text');
    await write('.github/agents/plan.agent.md', agent('Planner'));
    await write('.github/agents/bare.agent.md', 'no frontmatter');
    await write('.github/agents/notes.md', 'not an agent');
    await write('.cursor/rules/style.mdc', '---\nname: ignored\n---\n');
    await write('.claude/agents/qa.md', agent('QA Engineer'));
    await write('.claude/agents/deep/er/ops.md', '# no frontmatter\n');
    await write('.claude/agents/number.md', agent('007'));
    await write('.claude/agents/readme.txt', 'not Markdown');
    await write('docs/CLAUDE.md', 'nested');
    expect(await found()).toEqual([
      '.claude/agents/deep/er/ops.md = ops',
      '.claude/agents/number.md = 007',
      '.claude/agents/qa.md = QA Engineer',
      '.cursor/rules/style.mdc = cursor-style',
      '.github/agents/bare.agent.md = bare',
      '.github/agents/plan.agent.md = Planner',
      '.github/copilot-instructions.md = copilot',
      'AGENTS.md = agents-md',
      'CLAUDE.md = main',
      'docs/CLAUDE.md = main',
    ]);
  });

  it('takes AGENTS.md for the main thread where there is no CLAUDE.md', async () => {
    await write('AGENTS.md', '# Rules\n');
    expect(await found()).toEqual(['AGENTS.md = main']);
  });

  it('finds nothing in an empty project and says nothing', async () => {
    expect(await openPromptFiles(root).discover()).toEqual({ records: [], skipped: [] });
  });

  it('says so when there is no such workspace', async () => {
    await expect(openPromptFiles(join(outer, 'missing')).discover()).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      subject: join(outer, 'missing'),
    });
  });

  it('gives the bytes as they are, with their line ends and byte-order mark', async () => {
    const bytes = Buffer.from('\uFEFF---\r\nname: crlf\r\n---\r\n\r\nno last newline');
    await write('.claude/agents/a.md', bytes);
    const { records } = await openPromptFiles(root).discover();
    expect(records[0]).toMatchObject({ agentType: 'crlf' });
    expect(Buffer.compare(records[0]?.bytes ?? Buffer.alloc(0), bytes)).toBe(0);
  });

  it('keeps an unsafe agent name as plain data', async () => {
    await write('.claude/agents/a.md', agent('../../x'));
    expect(await found()).toEqual(['.claude/agents/a.md = ../../x']);
  });

  it('names an agent by its file when its frontmatter is broken, and tells the line', async () => {
    await write('.claude/agents/broken.md', '---\nname: x\ntools: [Read\n---\ntext');
    await write('.claude/agents/latin1.md', Uint8Array.of(0x2d, 0xe9));
    const { records, skipped } = await openPromptFiles(root).discover();
    expect(records.map((file) => file.agentType)).toEqual(['broken', 'latin1']);
    expect(skipped).toMatchObject([
      { path: '.claude/agents/broken.md', line: 3, reason: expect.stringMatching(/not valid YAML/) },
      { path: '.claude/agents/latin1.md', line: 0, reason: expect.stringMatching(/not UTF-8/) },
    ]);
  });

  it('reports what cannot be read by its path, and goes on', async () => {
    await mkdir(join(root, 'CLAUDE.md'));
    await write('.claude/agents', 'a file where a folder should be');
    await write('AGENTS.md', 'text');
    const { records, skipped } = await openPromptFiles(root).discover();
    expect(records.map((file) => file.path)).toEqual(['AGENTS.md']);
    expect(skipped.map((one) => one.path)).toEqual(['.claude/agents', 'CLAUDE.md']);
  });
});

describe('links', () => {
  it('that lead out of the workspace are reported and not followed', async () => {
    await mkdir(join(outer, 'elsewhere'));
    await writeFile(join(outer, 'elsewhere', 'a.md'), agent('outside'));
    await write('.claude/agents/own.md', agent('own'));
    await symlink(join(outer, 'elsewhere'), join(root, '.claude/agents/linked'));
    await symlink(join(outer, 'elsewhere', 'a.md'), join(root, 'CLAUDE.md'));
    const { records, skipped } = await openPromptFiles(root).discover();
    expect(records.map((file) => file.agentType)).toEqual(['own']);
    expect(skipped.map((one) => one.path)).toEqual(['.claude/agents/linked', 'CLAUDE.md']);
  });

  it('inside the workspace lead to one prompt, not two', async () => {
    await write('CLAUDE.md', 'text');
    await symlink('CLAUDE.md', join(root, 'AGENTS.md'));
    expect(await found()).toEqual(['CLAUDE.md = main']);
  });

  it('that go round in a circle, or nowhere, end', async () => {
    await write('.claude/agents/a.md', agent('a'));
    await symlink('..', join(root, '.claude/agents/up'));
    await symlink('.', join(root, '.claude/agents/self'));
    await symlink('missing.md', join(root, '.claude/agents/nowhere.md'));
    expect(await found()).toContain('.claude/agents/a.md = a');
  });

  it('are written through inside the workspace and stay links', async () => {
    await write('AGENTS.md', 'old');
    await symlink('AGENTS.md', join(root, 'CLAUDE.md'));
    await openPromptFiles(root).replace('CLAUDE.md', nodeHash.sha256('old'), Buffer.from('new'));
    expect(await readFile(join(root, 'AGENTS.md'), 'utf8')).toBe('new');
    expect(await readlink(join(root, 'CLAUDE.md'))).toBe('AGENTS.md');
  });

  it('are not written through to the outside', async () => {
    await writeFile(join(outer, 'secret.md'), 'old');
    await symlink(join(outer, 'secret.md'), join(root, 'CLAUDE.md'));
    await symlink(outer, join(root, '.cursor'));
    await symlink(join(outer, 'missing.md'), join(root, 'AGENTS.md'));
    const files = openPromptFiles(root);
    const unsafe = { code: 'UNSAFE_NAME' };
    const text = Buffer.from('new');
    await expect(files.replace('CLAUDE.md', nodeHash.sha256('old'), text)).rejects.toMatchObject(unsafe);
    await expect(files.replace('.cursor/rules/a.mdc', null, text)).rejects.toMatchObject(unsafe);
    await expect(files.replace('AGENTS.md', null, text)).rejects.toMatchObject(unsafe);
    await expect(files.read('CLAUDE.md')).rejects.toMatchObject(unsafe);
    expect((await readdir(outer)).sort()).toEqual(['secret.md', 'workspace']);
    expect(await readFile(join(outer, 'secret.md'), 'utf8')).toBe('old');
  });
});

describe('replacing a prompt file', () => {
  it('writes the bytes and keeps the mode', async () => {
    await write('CLAUDE.md', 'old');
    await chmod(join(root, 'CLAUDE.md'), 0o640);
    const bytes = Buffer.from('\uFEFFnew\r\nno end');
    await openPromptFiles(root).replace('CLAUDE.md', nodeHash.sha256('old'), bytes);
    expect(Buffer.compare(await readFile(join(root, 'CLAUDE.md')), bytes)).toBe(0);
    expect((await stat(join(root, 'CLAUDE.md'))).mode & 0o777).toBe(0o640);
    expect((await readdir(root)).sort()).toEqual(['.claude-pm', 'CLAUDE.md']);
  });

  it('makes a file that is expected not to be there', async () => {
    const files = openPromptFiles(root);
    await files.replace('.claude/agents/new.md', null, Buffer.from('new'));
    expect(Buffer.from((await files.read('.claude/agents/new.md')) ?? []).toString()).toBe('new');
    expect(await files.read('.claude/agents/other.md')).toBeUndefined();
  });

  it.each([
    ['changed', 'changed meanwhile', 'old', /has changed meanwhile; nothing was written/],
    ['gone', undefined, 'old', /no longer there; nothing was written/],
    ['there', 'already there', null, /there already; nothing was written/],
  ])('refuses a file that is %s, with its path', async (_, present, expected, message) => {
    if (present !== undefined) await write('CLAUDE.md', present);
    const hash = expected === null ? null : nodeHash.sha256(expected);
    const replacing = openPromptFiles(root).replace('CLAUDE.md', hash, Buffer.from('new'));
    await expect(replacing).rejects.toMatchObject({
      code: 'TARGET_CHANGED',
      subject: join(root, 'CLAUDE.md'),
      message: expect.stringMatching(message),
    });
    expect((await readdir(root)).filter((name) => name === 'CLAUDE.md')).toHaveLength(
      present === undefined ? 0 : 1,
    );
    if (present !== undefined) expect(await readFile(join(root, 'CLAUDE.md'), 'utf8')).toBe(present);
  });

  it('lets one of two win that both saw the same text', async () => {
    await write('CLAUDE.md', 'old');
    const expected = nodeHash.sha256('old');
    const texts = ['one', 'two'];
    const outcomes = await Promise.allSettled(
      texts.map((text) => openPromptFiles(root).replace('CLAUDE.md', expected, Buffer.from(text))),
    );
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    const winner = texts[outcomes.findIndex((outcome) => outcome.status === 'fulfilled')];
    expect(await readFile(join(root, 'CLAUDE.md'), 'utf8')).toBe(winner);
  });

  it('says so when the file does not hold what was written', async () => {
    await write('CLAUDE.md', 'old');
    const files = openPromptFiles(root, { write: (path) => writeFile(path, 'half') });
    await expect(
      files.replace('CLAUDE.md', nodeHash.sha256('old'), Buffer.from('new')),
    ).rejects.toMatchObject({
      code: 'VERIFICATION_FAILED',
    });
  });

  it('leaves the old bytes and nothing else behind when writing fails', async () => {
    await write('CLAUDE.md', 'old');
    const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
    const files = openPromptFiles(root, { write: () => Promise.reject(full) });
    await expect(
      files.replace('CLAUDE.md', nodeHash.sha256('old'), Buffer.from('new')),
    ).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: expect.stringContaining('the disk is full'),
    });
    expect(await readFile(join(root, 'CLAUDE.md'), 'utf8')).toBe('old');
  });

  it('never leaves the workspace, whatever the path', async () => {
    const files = openPromptFiles(root);
    const climbing = fc.oneof(
      fc.constantFrom(
        '',
        '.',
        '..',
        '../x',
        'a/../../x',
        '/etc/x',
        'C:/x',
        'a\\..\\x',
        'a//b',
        './a',
        'a\u0000',
      ),
      fc
        .array(fc.constantFrom('a', '..', '.', ''), { minLength: 1 })
        .map((parts) => ['..', ...parts].join('/')),
    );
    await fc.assert(
      fc.asyncProperty(climbing, async (path) => {
        await expect(files.replace(path, null, Buffer.from('x'))).rejects.toMatchObject({
          code: 'UNSAFE_NAME',
        });
        await expect(files.read(path)).rejects.toMatchObject({ code: 'UNSAFE_NAME' });
      }),
    );
    expect([await readdir(outer), await readdir(root)]).toEqual([['workspace'], []]);
  });
});
