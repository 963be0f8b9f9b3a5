import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { looksLikeCodex, sessionFolder } from '../../../src/core/capture/codex/codexHead';
import { looksLikeCursor } from '../../../src/core/capture/cursor/cursorHead';
import { looksLikeClaudeCode } from '../../../src/node/sources/claudeCodeHead';
import { ClaudeCodeSource } from '../../../src/node/sources/claudeCodeSource';
import { CodexSource } from '../../../src/node/sources/codexSource';
import { CursorSource } from '../../../src/node/sources/cursorSource';
import { temporaryFolder } from '../support/sampleWorkspace';

const fixtures = join(import.meta.dirname, '../../fixtures/capture/codex');
const meta = (cwd: string, more: object = {}) =>
  `${JSON.stringify({ timestamp: '2026-03-02T10:00:00.000Z', type: 'session_meta', payload: { id: 's', timestamp: '2026-03-02T10:00:00.000Z', cwd, ...more } })}\n`;

/** A home in which sessions were held in these folders, of which the last part names the rollout. */
function setUp(rollouts: Readonly<Record<string, string>>) {
  const base = temporaryFolder();
  const root = join(base, 'shop');
  const home = join(base, '.codex');
  mkdirSync(root);
  for (const [name, text] of Object.entries(rollouts)) {
    const folder = join(home, 'sessions', '2026', '03', '02');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${name}.jsonl`), text.replaceAll('ROOT', root));
  }
  const source = new CodexSource(root, home);
  const located = async () => (await source.locate(undefined)).files.map((file) => basename(file, '.jsonl'));
  return { base, root, home, source, located };
}

describe('the rollouts of a workspace', () => {
  it('are those of sessions that were held in it or below it', async () => {
    const { located } = setUp({
      'rollout-here': meta('ROOT'),
      'rollout-below': meta('ROOT/web'),
      'rollout-above': meta('/'),
      'rollout-beside': meta('ROOT-old'),
      'rollout-long': meta('ROOT', { instructions: 'x'.repeat(200_000) }),
      'rollout-old': `{"id":"s","timestamp":"2025-07-01T10:00:00.000Z","instructions":null}\n${JSON.stringify({ type: 'message', role: 'user', content: [{ type: 'input_text', text: '<environment_context>\n  <cwd>ROOT</cwd>\n</environment_context>' }] })}\n`,
      'rollout-torn': '{"timestamp":"2026',
      'rollout-empty': '',
      notes: meta('ROOT'),
    });
    expect(await located()).toEqual(['rollout-below', 'rollout-here', 'rollout-long', 'rollout-old']);
  });

  it('are found once their first line is whole', async () => {
    const { home, located } = setUp({ 'rollout-a': meta('ROOT').slice(0, 40) });
    expect(await located()).toEqual([]);
    const file = join(home, 'sessions/2026/03/02/rollout-a.jsonl');
    writeFileSync(file, meta(join(home, '..', 'shop')));
    expect(await located()).toEqual(['rollout-a']);
  });

  it('are found where the workspace was opened through a link', async () => {
    const { base, root, home } = setUp({ 'rollout-a': meta('ROOT') });
    symlinkSync(root, join(base, 'link'));
    expect((await new CodexSource(join(base, 'link'), home).locate(undefined)).files).toHaveLength(1);
  });

  it('may be archived; compressed ones are named as not read', async () => {
    const { root, home, source } = setUp({ 'rollout-a': meta('ROOT') });
    mkdirSync(join(home, 'archived_sessions'));
    writeFileSync(join(home, 'archived_sessions', 'rollout-b.jsonl'), meta(root));
    writeFileSync(join(home, 'sessions', '2026', 'rollout-c.jsonl.zst'), 'x');
    const { files, skipped } = await source.locate(undefined);
    expect(files.map((file) => basename(file))).toEqual(['rollout-a.jsonl', 'rollout-b.jsonl']);
    expect(skipped).toMatchObject([
      { path: join(home, 'sessions'), reason: expect.stringContaining(': 1,') },
    ]);
  });

  it('are missing where Codex was never used, and watched all the same', async () => {
    const source = new CodexSource('/home/ada/shop', '/home/ada/.codex');
    expect(await source.locate(undefined)).toEqual({ files: [], skipped: [], missing: true });
    expect(await source.watched(undefined)).toEqual([
      join('/home/ada/.codex', 'sessions'),
      join('/home/ada/.codex', 'archived_sessions'),
    ]);
    expect(await source.watched('sessions')).toEqual([join('/home/ada/shop', 'sessions')]);
  });
});

describe('a place that is given', () => {
  it('gives every rollout in it, wherever it was held, and no file of another tool', async () => {
    const place = temporaryFolder();
    cpSync(fixtures, place, { recursive: true });
    cpSync(join(fixtures, '../claude-code'), join(place, 'claude-code'), { recursive: true });
    cpSync(join(fixtures, '../cursor'), join(place, 'cursor'), { recursive: true });
    const codex = (await new CodexSource('/x', '/none').locate(place)).files;
    const claude = (await new ClaudeCodeSource('/x', '/none').locate(place)).files;
    const cursor = (await new CursorSource('/x', '/none').locate(place)).files;
    expect(codex.map((file) => basename(file))).toEqual(
      readdirSync(fixtures).filter((name) => name.endsWith('.jsonl')),
    );
    expect(claude.every((file) => file.includes('claude-code'))).toBe(true);
    expect(cursor).toHaveLength(3);
    expect(new Set([...codex, ...claude, ...cursor]).size).toBe(codex.length + claude.length + cursor.length);
  });

  it.each([
    ['a rollout', meta('/x'), true],
    ['an older rollout', '{"id":"a","timestamp":"2025-07-01T10:00:00Z","instructions":null}\n', true],
    [
      'a rollout whose first line is longer than what was read',
      meta('/x', { a: 'x'.repeat(90) }).slice(0, 150),
      true,
    ],
    [
      'Claude Code',
      '{"type":"user","uuid":"u","sessionId":"s","message":{"role":"user","content":"x"}}',
      false,
    ],
    ['Cursor', '{"role":"user","message":{"content":[{"type":"text","text":"x"}]}}', false],
    ['pi', '{"type":"session","id":"a","timestamp":"2026-01-01T00:00:00Z","cwd":"/x"}', false],
    ['another with a payload', '{"type":"metric","payload":{}}', false],
    ['a text', '# Notes\n', false],
  ])('is asked by its beginning whether it is a rollout: %s', (_what, head, yes) => {
    expect(looksLikeCodex(head)).toBe(yes);
    if (yes) expect([looksLikeClaudeCode(head), looksLikeCursor(head)]).toEqual([false, false]);
  });

  it('has the folder in its beginning, in any way of writing it', () => {
    expect(sessionFolder(meta('C:\\Users\\ada\\shop'))).toBe('C:\\Users\\ada\\shop');
    expect(sessionFolder(meta('C:\\a "b"', { instructions: 'x' }).slice(0, 180))).toBe('C:\\a "b"');
    const older = (text: string) =>
      `{"id":"a","timestamp":"t","instructions":null}\n${JSON.stringify({ type: 'message', text })}`;
    const stated = '<environment_context>\nCurrent working directory: /home/ada\nApproval policy: never\n';
    expect(sessionFolder(older(stated))).toBe('/home/ada');
    expect(sessionFolder('{}')).toBeUndefined();
  });
});

describe('a rollout that grows', () => {
  it('is read on from where the last reading ended', async () => {
    const { home, source } = setUp({ 'rollout-a': meta('ROOT') });
    const file = join(home, 'sessions/2026/03/02/rollout-a.jsonl');
    const told = async (from?: unknown) => {
      const transcript = await source.open(file, from);
      const kinds: string[] = [];
      for await (const { traces } of transcript.pieces()) {
        kinds.push(...traces.flatMap(({ events }) => events.map(({ kind }) => kind)));
      }
      return { news: transcript.news, kinds, point: JSON.parse(JSON.stringify(transcript.point())) };
    };
    const line = (type: string, payload: object) =>
      `${JSON.stringify({ timestamp: '2026-03-02T10:00:01.000Z', type, payload })}\n`;
    appendFileSync(file, line('response_item', { type: 'message', role: 'user', content: 'go' }));
    const first = await told();
    expect(first).toMatchObject({ news: 'whole', kinds: [] });
    appendFileSync(file, line('event_msg', { type: 'user_message', message: 'go' }));
    const second = await told(first.point);
    expect(second).toMatchObject({ news: 'more', kinds: ['human'] });
    appendFileSync(file, line('event_msg', { type: 'turn_aborted', reason: 'interrupted' }));
    expect(await told(second.point)).toMatchObject({ news: 'more', kinds: ['interrupted'] });
  });
});

const real = join(import.meta.dirname, '../../../.cache/data/transcripts');

describe.runIf(existsSync(join(real, 'teslamint__entirecontext')))('real rollouts', () => {
  it('are claimed by this source alone, and hold as many denials as a count of their outputs', async () => {
    const codex = new CodexSource('/x', '/none');
    const others = [new ClaudeCodeSource('/x', '/none'), new CursorSource('/x', '/none')];
    let files = 0;
    for (const repository of readdirSync(real)) {
      const place = join(real, repository, 'raw');
      const found = (await codex.locate(place)).files;
      files += found.length;
      for (const other of others) {
        const theirs = new Set((await other.locate(place)).files);
        expect(found.filter((file) => theirs.has(file))).toEqual([]);
      }
      for (const file of found) {
        let denials = 0;
        const transcript = await codex.open(file);
        for await (const { traces, skipped, unknownTypes } of transcript.pieces()) {
          expect({ skipped, unknownTypes }).toEqual({ skipped: [], unknownTypes: {} });
          denials += traces
            .flatMap(({ events }) => events)
            .filter(({ kind }) => kind === 'tool-rejected').length;
        }
        const outputs = readFileSync(file, 'utf8').match(
          /"output":"(?:exec command|patch) rejected by user"/g,
        );
        expect(denials).toBe(outputs?.length ?? 0);
      }
    }
    expect(files).toBe(9);
  });
});
