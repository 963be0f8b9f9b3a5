import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, kindOf } from '../../../src/core/prompt/kinds/kindOf';
import { walkFolders } from '../../../src/node/folderWalk';
import { openPromptFiles } from '../../../src/node/promptFiles';
import { nodeHash } from '../../../src/node/systemPorts';
import { temporaryFolder } from '../support/sampleWorkspace';

function write(root: string, path: string, content: string | Uint8Array = 'text\n'): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

async function found(root: string): Promise<string[]> {
  const { records } = await openPromptFiles(root).discover();
  return records.map((file) => `${file.path} = ${file.agentType}`);
}

/** One file of each kind with the agent that it is for. */
const samples: readonly (readonly [path: string, kind: string, agent: string, folder: string])[] = [
  ['CLAUDE.md', 'claude-md', 'main', ''],
  ['.claude/CLAUDE.md', 'claude-dot-md', 'main', ''],
  ['CLAUDE.local.md', 'claude-local-md', 'main', ''],
  ['.claude/agents/qa.md', 'claude-agent', 'qa', ''],
  ['.claude/rules/db/sql.md', 'claude-rule', 'main', ''],
  ['.claude/commands/ship.md', 'claude-command', 'main', ''],
  ['.claude/skills/pdf/SKILL.md', 'claude-skill', 'main', ''],
  ['AGENTS.md', 'agents-md', 'agents-md', ''],
  ['.github/copilot-instructions.md', 'copilot-instructions', 'copilot', ''],
  ['.github/agents/plan.agent.md', 'copilot-agent', 'plan', ''],
  ['.github/chatmodes/ask.chatmode.md', 'copilot-chat-mode', 'ask', ''],
  ['.github/instructions/db/sql.instructions.md', 'copilot-instructions-file', 'copilot', ''],
  ['.github/prompts/ship.prompt.md', 'copilot-prompt', 'copilot', ''],
  ['.cursor/rules/a/style.mdc', 'cursor-rule', 'cursor-style', ''],
  ['packages/web/.cursor/rules/ui.mdc', 'cursor-rule', 'cursor-ui', 'packages/web'],
  ['.cursorrules', 'cursor-legacy', 'cursor', ''],
  ['GEMINI.md', 'gemini-md', 'gemini', ''],
  ['src/GEMINI.md', 'gemini-md-folder', 'gemini', 'src'],
  ['.windsurf/rules/style.md', 'windsurf-rule', 'windsurf', ''],
  ['.windsurfrules', 'windsurf-legacy', 'windsurf', ''],
  ['.clinerules/style.md', 'cline-rule', 'cline', ''],
  ['.junie/guidelines.md', 'junie-guidelines', 'junie', ''],
  ['docs/CONVENTIONS.md', 'aider-conventions', 'aider', ''],
  ['src/db/CLAUDE.md', 'claude-md-folder', 'main', 'src/db'],
  ['src/db/AGENTS.md', 'agents-md-folder', 'agents-md', 'src/db'],
];

describe('prompt files of every kind', () => {
  it('are found, each for its agent', async () => {
    const root = temporaryFolder();
    for (const [path] of samples) write(root, path);
    write(root, '.aider.conf.yml', 'read: [docs/CONVENTIONS.md, ../CONVENTIONS.md, README.md]\n');
    expect(await found(root)).toEqual(samples.map(([path, , agent]) => `${path} = ${agent}`).sort());
  });

  it.each(samples)('%s is known by its path as %s', (path, kind, _agent, folder) => {
    expect(kindOf(path)?.id).toBe(kind);
    expect(folderOf(path)).toBe(folder);
  });

  it.each([
    'README.md',
    'src/index.ts',
    '.claude/settings.json',
    '.claude/skills/pdf/notes.md',
    '.claude/skills/SKILL.md',
    '.github/agents/deep/plan.agent.md',
    'docs/.cursorrules',
    '~/.claude/settings.json',
    '~/.claude/projects/CLAUDE.md',
    'xCLAUDE.md',
  ])('%s is none', (path) => {
    expect(kindOf(path)).toBeUndefined();
  });

  it('a .clinerules file is one prompt, and CONVENTIONS.md none where aider’s configuration does not name it', async () => {
    const root = temporaryFolder();
    write(root, '.clinerules');
    write(root, '.windsurf/rules');
    write(root, 'CONVENTIONS.md');
    write(root, '.aider.conf.yml', 'read: [: not YAML');
    expect(await openPromptFiles(root).discover()).toMatchObject({
      records: [{ path: '.clinerules', agentType: 'cline' }],
      skipped: [],
    });
  });

  it('keep their bytes: byte-order mark, CRLF, and text that is no UTF-8', async () => {
    const root = temporaryFolder();
    const marked = Buffer.from('\uFEFF---\r\npaths:\r\n  - "**/*.sql"\r\n---\r\n\r\n- Rule\r\n');
    write(root, '.claude/rules/sql.md', marked);
    write(root, 'src/CLAUDE.md', Uint8Array.of(0x2d, 0xe9, 0x0a));
    const { records } = await openPromptFiles(root).discover();
    expect(records.map(({ bytes }) => Buffer.from(bytes))).toEqual([
      marked,
      Buffer.from(Uint8Array.of(0x2d, 0xe9, 0x0a)),
    ]);
  });
});

describe('looking into folders', () => {
  it('passes over what is installed, built or hidden, and folders that are links', async () => {
    const root = temporaryFolder();
    const outside = temporaryFolder();
    write(outside, 'CLAUDE.md');
    for (const folder of ['node_modules/a', 'vendor', 'dist', '.git', '.venv', 'a/target', 'fixtures'])
      write(root, `${folder}/CLAUDE.md`);
    write(root, 'src/CLAUDE.md');
    symlinkSync(outside, join(root, 'linked'));
    symlinkSync('..', join(root, 'src', 'circle'));
    expect(await found(root)).toEqual(['src/CLAUDE.md = main']);
  });

  it('does not follow a nested prompt that is a link out, and finds one that leads inside once', async () => {
    const root = temporaryFolder();
    const outside = temporaryFolder();
    write(outside, 'secret.md');
    write(root, 'a/CLAUDE.md');
    write(root, 'b/keep.txt');
    symlinkSync('CLAUDE.md', join(root, 'a', 'AGENTS.md'));
    symlinkSync(join(outside, 'secret.md'), join(root, 'b', 'CLAUDE.md'));
    const { records, skipped } = await openPromptFiles(root).discover();
    expect(records.map(({ path }) => path)).toEqual(['a/CLAUDE.md']);
    expect(skipped.map(({ path }) => path)).toEqual(['b/CLAUDE.md']);
  });

  it('ends at its limits, the shallow folders first, and says so', async () => {
    const root = temporaryFolder();
    write(root, 'a/b/c/CLAUDE.md');
    write(root, 'd/CLAUDE.md');
    const names = new Set(['CLAUDE.md']);
    const shallow = await walkFolders(root, names, { depth: 1, folders: 100 });
    expect(shallow).toMatchObject({ folders: [{ path: 'd' }], cut: false });
    const few = await walkFolders(root, names, { depth: 8, folders: 3 });
    expect(few).toMatchObject({ folders: [{ path: 'd' }], cut: true });
    const all = await walkFolders(root, names);
    expect(all).toMatchObject({ folders: [{ path: 'a/b/c' }, { path: 'd' }], cut: false });
  });
});

describe('the person’s own prompts, where they are named', () => {
  it('are read with their bytes, and written by compare-and-swap', async () => {
    const [root, user] = [temporaryFolder(), temporaryFolder()];
    write(user, 'CLAUDE.md', 'Mine.\n');
    write(user, 'rules/sql.md');
    write(user, 'agents/qa.md', '---\nname: Tester\n---\n');
    write(user, 'settings.json', '{}');
    const files = openPromptFiles(root, { userFolder: user, home: temporaryFolder() });
    const { records } = await files.personal({ asked: true });
    expect(records.map(({ path, agentType }) => `${path} = ${agentType}`)).toEqual([
      '~/.claude/CLAUDE.md = main',
      '~/.claude/agents/qa.md = Tester',
      '~/.claude/rules/sql.md = main',
    ]);
    const path = '~/.claude/CLAUDE.md';
    await expect(files.replace(path, nodeHash.sha256('other'), Buffer.from('x'))).rejects.toMatchObject({
      code: 'TARGET_CHANGED',
    });
    await files.replace(path, nodeHash.sha256('Mine.\n'), Buffer.from('Mine too.\n'));
    expect(Buffer.from((await files.read(path)) ?? []).toString()).toBe('Mine too.\n');
  });

  it('are neither read nor written before the person has asked for it in this workspace', async () => {
    const [root, user, home] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    write(user, 'CLAUDE.md', 'Mine.\n');
    const path = '~/.claude/CLAUDE.md';
    const denied = { code: 'PERMISSION_DENIED', remedy: expect.stringContaining('init --user') };
    const files = openPromptFiles(root, { userFolder: user, home });
    expect(await files.personal({ asked: false })).toEqual({ records: [], skipped: [] });
    await expect(files.read(path)).rejects.toMatchObject(denied);
    await expect(files.replace(path, nodeHash.sha256('Mine.\n'), Buffer.from('x'))).rejects.toMatchObject(
      denied,
    );
    expect(readdirSync(home)).toEqual([]);
    await files.personal({ asked: true });
    const again = openPromptFiles(root, { userFolder: user, home });
    expect((await again.personal({ asked: false })).records).toHaveLength(1);
    const other = openPromptFiles(temporaryFolder(), { userFolder: user, home });
    expect((await other.personal({ asked: false })).records).toEqual([]);
  });

  it('are never looked at by finding the workspace’s', async () => {
    const [root, user] = [temporaryFolder(), temporaryFolder()];
    write(user, 'CLAUDE.md');
    expect(await openPromptFiles(root, { userFolder: user }).discover()).toEqual({
      records: [],
      skipped: [],
    });
  });

  it.each([
    '~/.claude/settings.json',
    '~/.claude/../x.md',
    '~/.claude/rules/../../x.md',
    '~/.claude/rules/',
    '~/.claude/agents//x.md',
    '~/.claude/linked/x.md',
    '~/.claude/rules/linked/x.md',
    '~/.claude/agents/out.md',
  ])('leave the given folder in no way: %s', async (path) => {
    const [root, user, outside] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    for (const name of ['rules', 'agents']) mkdirSync(join(user, name));
    write(outside, 'out.md');
    symlinkSync(outside, join(user, 'linked'));
    symlinkSync(outside, join(user, 'rules', 'linked'));
    symlinkSync(join(outside, 'out.md'), join(user, 'agents', 'out.md'));
    const files = openPromptFiles(root, { userFolder: user, home: temporaryFolder() });
    await files.personal({ asked: true });
    await expect(files.replace(path, null, Buffer.from('x'))).rejects.toMatchObject({ code: 'UNSAFE_NAME' });
    await expect(files.read(path)).rejects.toMatchObject({ code: 'UNSAFE_NAME' });
  });
});
