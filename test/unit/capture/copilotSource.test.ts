import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CopilotLog } from '../../../src/core/capture/copilot/copilotLog';
import { foldersListed, holds, openedPlace } from '../../../src/core/capture/copilot/copilotWorkspace';
import { CorrectionCapture } from '../../../src/core/capture/correctionCapture';
import { configurationSchema } from '../../../src/core/model/configuration';
import { CopilotSource, vsCodeUserFolders } from '../../../src/node/sources/copilotSource';
import { memoryPorts } from '../support/memoryPorts';
import { temporaryFolder } from '../support/sampleWorkspace';

const fixtures = join(import.meta.dirname, '../../fixtures/capture');
const log = join(fixtures, 'copilot', '5e551009-0000-4000-8000-000000000001.jsonl');

/** A `User` folder in which windows were open; each with one chat session. */
function setUp(windows: Readonly<Record<string, object | string>>, root?: string) {
  const base = temporaryFolder();
  const workspace = root ?? join(base, 'home', 'shop');
  mkdirSync(workspace, { recursive: true });
  const user = join(base, 'home', '.config', 'Code', 'User');
  for (const [id, opened] of Object.entries(windows)) {
    const folder = join(user, 'workspaceStorage', id);
    mkdirSync(join(folder, 'chatSessions'), { recursive: true });
    cpSync(log, join(folder, 'chatSessions', 'a.jsonl'));
    const text = typeof opened === 'string' ? opened : JSON.stringify(opened);
    writeFileSync(join(folder, 'workspace.json'), text);
  }
  const source = new CopilotSource(workspace, [user, join(base, 'absent')], join(base, 'home'), 'linux');
  const sessions = (...ids: string[]) =>
    ids.map((id) => join(user, 'workspaceStorage', id, 'chatSessions', 'a.jsonl'));
  return { base, user, workspace, source, sessions };
}

const uri = (path: string) => pathToFileURL(path).href;

describe('the chat sessions of a workspace', () => {
  it('are those of windows that had it, or a folder around it, open', async () => {
    const root = join(temporaryFolder(), 'a b', 'shop');
    const { source, sessions } = setUp(
      {
        same: { folder: uri(root) },
        around: { folder: uri(join(root, '..')) },
        within: { folder: uri(join(root, 'packages')) },
        beside: { folder: `${uri(root)}-old` },
        remote: { folder: 'vscode-remote://ssh-remote%2Bbox/home/me/shop' },
        strange: { folder: 7 },
      },
      root,
    );
    expect(await source.locate(undefined)).toEqual({
      files: sessions('around', 'same'),
      skipped: [],
      missing: false,
    });
  });

  it('are not those of a window on the home directory', async () => {
    const { base, user, sessions } = setUp({ home: {} });
    const opened = { folder: uri(join(base, 'home')) };
    writeFileSync(join(user, 'workspaceStorage', 'home', 'workspace.json'), JSON.stringify(opened));
    const at = (root: string) =>
      new CopilotSource(root, [user], join(base, 'home'), 'linux').locate(undefined);
    expect((await at(join(base, 'home', 'shop'))).files).toEqual([]);
    expect((await at(join(base, 'home'))).files).toEqual(sessions('home'));
  });

  it('are also those of a window with several folders, of which it is one', async () => {
    const { base, user, workspace, source, sessions } = setUp({ several: {}, others: {}, gone: {} });
    const list = (name: string, folders: string) => {
      const file = join(base, 'home', `${name}.code-workspace`);
      if (folders !== '')
        writeFileSync(file, `{ // mine\n "folders": [${folders}], "settings": { "path": "shop" } }`);
      const opened = JSON.stringify({ workspace: uri(file) });
      writeFileSync(join(user, 'workspaceStorage', name, 'workspace.json'), opened);
    };
    list('several', `{ "name": "x", "path": "docs" }, { "path": "./shop/" },`);
    list('others', `{ "uri": "${uri(`${workspace}-old`)}" }`);
    list('gone', '');
    expect((await source.locate(undefined)).files).toEqual(sessions('several'));
  });

  it('are found through a link', async () => {
    const { base, user, workspace, sessions } = setUp({ one: {} });
    const opened = JSON.stringify({ folder: uri(workspace) });
    writeFileSync(join(user, 'workspaceStorage', 'one', 'workspace.json'), opened);
    symlinkSync(workspace, join(base, 'link'));
    const source = new CopilotSource(join(base, 'link'), [user], join(base, 'home'), 'linux');
    expect((await source.locate(undefined)).files).toEqual(sessions('one'));
  });

  it('are watched where they lie', async () => {
    const { source, workspace, user } = setUp({ one: {}, two: {} });
    const opened = JSON.stringify({ folder: uri(workspace) });
    writeFileSync(join(user, 'workspaceStorage', 'one', 'workspace.json'), opened);
    expect(await source.watched(undefined)).toEqual([join(user, 'workspaceStorage', 'one', 'chatSessions')]);
    expect(await source.watched('chats')).toEqual([join(workspace, 'chats')]);
  });

  it('are missing where VS Code never was, and a window that cannot be told is said', async () => {
    const { source, user } = setUp({});
    expect(await source.locate(undefined)).toEqual({ files: [], skipped: [], missing: true });
    const broken = join(user, 'workspaceStorage', 'broken');
    mkdirSync(broken, { recursive: true });
    writeFileSync(join(broken, 'workspace.json'), '{"folder":\n');
    expect(await source.locate(undefined)).toMatchObject({
      files: [],
      skipped: [{ path: join(broken, 'workspace.json'), reason: 'it is not valid JSON' }],
    });
  });

  it('are read from the log alone when a session has both shapes', async () => {
    const { source, workspace, user, sessions } = setUp({ one: {} });
    const folder = join(user, 'workspaceStorage', 'one');
    writeFileSync(join(folder, 'workspace.json'), JSON.stringify({ folder: uri(workspace) }));
    for (const name of ['a.json', 'b.json', 'c.txt']) writeFileSync(join(folder, 'chatSessions', name), '{}');
    const old = join(folder, 'chatSessions', 'b.json');
    expect((await source.locate(undefined)).files).toEqual([...sessions('one'), old]);
  });
});

describe('a place that is given', () => {
  it('gives every chat session in it and nothing else', async () => {
    const { source } = setUp({});
    const { files } = await source.locate(fixtures);
    expect(files).toEqual([log, join(fixtures, 'copilot', 'in-progress.json')]);
    expect(await source.locate('nowhere')).toEqual({ files: [], skipped: [], missing: true });
  });

  it.skipIf(process.getuid?.() === 0)('says once what may not be read in it', async () => {
    const { source, base } = setUp({});
    const closed = join(base, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0);
    expect((await source.locate(closed)).skipped).toHaveLength(1);
    chmodSync(closed, 0o700);
  });
});

it('opens a session whole, and tells nothing new while it stays as it is', async () => {
  const { source } = setUp({});
  const opened = await source.open(log);
  expect(opened.news).toBe('whole');
  for await (const { traces } of opened.pieces()) expect(traces).toHaveLength(3);
  expect((await source.open(log, opened.point())).news).toBe('nothing');
});

it('stores each correction of a session once, though the log is written anew as a whole', async () => {
  const { source, base } = setUp({});
  const file = join(base, 'a.jsonl');
  cpSync(log, file);
  const capture = new CorrectionCapture(memoryPorts(), configurationSchema.parse({}), [source]);
  expect((await capture.import({ path: file })).corrections).toMatchObject({
    found: 8,
    new: 8,
    bySignal: {
      downvoted: 1,
      'edit-modified': 2,
      'edit-undone': 1,
      interrupted: 1,
      message: 1,
      'tool-rejected': 2,
    },
  });
  const { state } = new CopilotLog(readFileSync(log, 'utf8'));
  const vote = { kind: 1, k: ['requests', 2, 'vote'], v: 0 };
  writeFileSync(file, `${JSON.stringify({ kind: 0, v: state })}\n${JSON.stringify(vote)}\n`);
  expect((await capture.import({ path: file })).corrections).toMatchObject({ found: 9, new: 1 });
  const { records } = await capture.list({});
  expect(records.find(({ agentType }) => agentType === 'reviewer')).toMatchObject({
    signal: 'downvoted',
    evidence: { line: 2 },
  });
});

describe('where VS Code keeps its users’ data', () => {
  it.each([
    ['linux', {}, '/home/me/.config/Code/User'],
    ['linux', { XDG_CONFIG_HOME: '/etc/me' }, '/etc/me/Code/User'],
    ['darwin', { XDG_CONFIG_HOME: '/etc/me' }, '/home/me/Library/Application Support/Code/User'],
    ['win32', { APPDATA: '/roaming' }, '/roaming/Code/User'],
    ['win32', {}, '/home/me/AppData/Roaming/Code/User'],
    ['linux', { VSCODE_APPDATA: '/data' }, '/data/Code/User'],
    ['linux', { VSCODE_PORTABLE: '/stick' }, '/stick/user-data/User'],
  ])('on %s with %j', (platform, environment, first) => {
    expect(vsCodeUserFolders(environment, '/home/me', platform)[0]).toBe(first);
  });

  it('has the variants of it too', () => {
    expect(vsCodeUserFolders({}, '/home/me', 'linux').map((folder) => folder.split('/').at(-2))).toEqual([
      'Code',
      'Code - Insiders',
      'VSCodium',
    ]);
  });
});

describe('whether a folder holds a workspace', () => {
  it.each([
    ['/a/b', '/a/b', 'linux', true],
    ['/a/b/', '/a/b/c', 'linux', true],
    ['/a/b', '/a/bc', 'linux', false],
    ['/a/B', '/a/b', 'linux', false],
    ['c:/Users/Me', 'C:\\Users\\me\\shop', 'win32', true],
    ['d:/Users/Me', 'C:\\Users\\me\\shop', 'win32', false],
    ['/caf\u0065\u0301', '/caf\u00e9', 'darwin', true],
  ])('%s, %s on %s', (folder, root, platform, expected) => {
    expect(holds(folder, root, platform)).toBe(expected);
  });

  it('reads what was open from either shape', () => {
    expect(openedPlace({ folder: 'file:///a%20b' })).toEqual({ folder: '/a b', workspaceFile: undefined });
    expect(openedPlace({ configuration: 'file:///w.code-workspace' }).workspaceFile).toBe(
      '/w.code-workspace',
    );
    expect(openedPlace([])).toEqual({ folder: undefined, workspaceFile: undefined });
    expect(foldersListed('{"folders": [{"path": "a]b"}, {"uri": "file:///c"}, {"uri": "ssh://d"}]}')).toEqual(
      ['a]b', '/c'],
    );
    expect(foldersListed('{"path": "a"}')).toEqual([]);
  });
});
