import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { looksLikeCodex } from '../../../src/core/capture/codex/codexHead';
import { looksLikeCursor, looksLikeCursorText } from '../../../src/core/capture/cursor/cursorHead';
import { looksLikeClaudeCode } from '../../../src/node/sources/claudeCodeHead';
import { CursorSource, cursorProject } from '../../../src/node/sources/cursorSource';
import { temporaryFolder } from '../support/sampleWorkspace';

const fixtures = join(import.meta.dirname, '../../fixtures/capture/cursor');
const line = '{"role":"user","message":{"content":[{"type":"text","text":"<user_query>go</user_query>"}]}}\n';

/** `~/.cursor/projects` in which these projects have one transcript each. */
function setUp(...projects: readonly string[]) {
  const base = temporaryFolder();
  for (const project of projects) {
    const folder = join(base, project, 'agent-transcripts', 'a');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'a.jsonl'), line);
  }
  return base;
}

describe('the folder of a project', () => {
  it.each([
    ['/Users/me/Workspace/Foo', 'Users-me-Workspace-Foo'],
    ['/Users/me/Workspace/k_one', 'Users-me-Workspace-k-one'],
    ['/Users/me/Desktop/.nosync/app', 'Users-me-Desktop-nosync-app'],
    ['c:\\work\\My Proj\\', 'c-work-My-Proj'],
    ['/home/me/größe', 'home-me-gr-e'],
  ])('is named after %s', (folder, name) => {
    expect(cursorProject(folder)).toBe(name);
  });

  it.each([
    ['/home/me/my.app', ['home-me-my-app'], 1],
    ['/home/me/.app', ['home-me--app'], 1],
    ['/home/me/k_one', ['home-me-k_one'], 1],
    ['C:\\work\\app', ['c-work-app'], 1],
    ['/home/me/app', ['home-me-app-two', 'home-me-App', '1785313507111', 'empty-window'], 0],
  ])('of %s is found among %j', async (root, projects, count) => {
    const located = await new CursorSource(root, setUp(...projects)).locate(undefined);
    expect(located.files).toHaveLength(count);
  });

  it('is watched before it is there', async () => {
    const source = new CursorSource('/home/me/app', '/home/me/.cursor/projects');
    const folder = join('/home/me/.cursor/projects', 'home-me-app', 'agent-transcripts');
    expect(await source.watched(undefined)).toEqual([folder]);
    expect(await source.locate(undefined)).toEqual({ files: [], skipped: [], missing: true });
    expect(await source.watched('chats')).toEqual([join('/home/me/app', 'chats')]);
  });
});

describe('a place that is given', () => {
  it('gives sessions, their subagents and older texts, each session once', async () => {
    const place = temporaryFolder();
    cpSync(fixtures, place, { recursive: true });
    const session = '3f1c9a2e-0000-4000-8000-000000000001';
    writeFileSync(join(place, `${session}.txt`), 'user:\n<user_query>go</user_query>\n');
    writeFileSync(join(place, 'notes.txt'), 'user: ada\n');
    const { files } = await new CursorSource('/x', '/none').locate(place);
    expect(files.map((file) => basename(file)).sort()).toEqual([
      `${session}.jsonl`,
      '5c2d1e0f-0000-4000-8000-000000000003.txt',
      '9b8a7c6d-0000-4000-8000-000000000002.jsonl',
    ]);
  });

  it('may be one file', async () => {
    const file = join(fixtures, '5c2d1e0f-0000-4000-8000-000000000003.txt');
    expect((await new CursorSource('/x', '/none').locate(file)).files).toEqual([file]);
    const absent = await new CursorSource('/x', '/none').locate('/absent');
    expect(absent).toEqual({ files: [], skipped: [], missing: true });
  });

  it.each([
    ['a transcript', line, true],
    ['one that begins with the end of a turn', '{"type":"turn_ended","status":"success"}\n', true],
    ['one whose first line is longer than what was read', line.slice(0, 70), true],
    ['Claude Code', '{"type":"user","uuid":"u","message":{"role":"user","content":"x"}}', false],
    ['Codex', '{"timestamp":"t","type":"session_meta","payload":{"id":"a"}}', false],
    ['another with roles', '{"role":"user","content":"x"}', false],
    ['another with ids', '{"role":"user","sessionId":"s","message":{"content":"x"}}', false],
    ['a text', '# Notes\n', false],
  ])('is asked by its beginning whether it is a transcript: %s', (_what, head, yes) => {
    expect(looksLikeCursor(head)).toBe(yes);
    if (yes && head.endsWith('\n'))
      expect([looksLikeClaudeCode(head), looksLikeCodex(head)]).toEqual([false, false]);
  });

  it('is an older text only with a person’s words in a tag behind the heading', () => {
    expect(looksLikeCursorText('user:\r\n<user_query>\nx')).toBe(true);
    expect(looksLikeCursorText('user:\n  name: ada\n')).toBe(false);
  });
});

describe('opening', () => {
  const source = new CursorSource('/x', '/none');
  const told = async (file: string) => {
    const pieces = [];
    for await (const { traces } of (await source.open(join(fixtures, file))).pieces()) pieces.push(...traces);
    return pieces.map(
      ({ agentType, sessionId, events }) => `${agentType} ${sessionId.slice(0, 4)} ${events.length}`,
    );
  };

  it('reads a session, a subagent and an older text', async () => {
    const session = '3f1c9a2e-0000-4000-8000-000000000001';
    expect(await told(`${session}/${session}.jsonl`)).toEqual(['main 3f1c 13']);
    const subagent = '9b8a7c6d-0000-4000-8000-000000000002.jsonl';
    expect(await told(`${session}/subagents/${subagent}`)).toEqual(['subagent 9b8a 2']);
    expect(await told('5c2d1e0f-0000-4000-8000-000000000003.txt')).toEqual(['main 5c2d 7']);
  });
});
