import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFileHistory } from '../../../src/node/fileHistory';
import { GitFolder } from '../support/gitFolder';
import { MemoryFileHistory } from '../support/memoryPorts';
import { temporaryFolder } from '../support/sampleWorkspace';
import { agentWrote, captureIn } from './agentEdits';
import { assistant, result, toolUse, user } from './transcriptLines';

const march = (dayAndTime: string): string => `2026-03-${dayAndTime}:00.000Z`;

const start = `import { api } from './api';

export function first(): number {
  return 1;
}

export function last(): string {
  return 'last';
}
`;
const agents = start.replace(
  `export function last`,
  `export async function load(id: string): Promise<User> {
  const answer = await fetch('/users/' + id);
  const user = await answer.json();
  console.log('loaded the user', user);
  return user as User;
}

export function last`,
);
const fetching = "  const answer = await fetch('/users/' + id);";
const getting = "  const answer = await api.get('/users/' + encodeURIComponent(id));";
const corrected = agents.replace(fetching, getting);

/** The agent wrote `agents` at 10:05 of 2 March, in a repository that held `start`. */
function scene(now?: string, configuration = {}) {
  const folder = new GitFolder(temporaryFolder());
  folder.commit({ 'src/user.ts': start }, march('01T08:00'));
  const capture = captureIn(folder.root, temporaryFolder(), openFileHistory(folder.root), now, configuration);
  const file = join(folder.root, 'src/user.ts');
  capture.write('s1', agentWrote(5, file, start, agents));
  folder.write({ 'src/user.ts': agents }, march('02T10:05'));
  return { folder, file, ...capture };
}

describe('what people make of the lines that agents wrote', () => {
  it('is a correction where a line is rewritten on disk', async () => {
    const { folder, open, stored } = scene();
    folder.write({ 'src/user.ts': corrected }, march('02T11:00'));
    expect(await open().import({})).toMatchObject({ corrections: { new: 1, bySignal: { 'post-edit': 1 } } });
    expect(await stored()).toMatchObject([
      {
        source: 'claude-code',
        sessionId: 's1',
        agentType: 'main',
        timestamp: march('02T11:00'),
        userCorrection: '',
        originalResponse: `[Edit src/user.ts] ${fetching.trim()}`,
        correctionType: 'content_correction',
        tool: { name: 'Edit', file: 'src/user.ts' },
        edit: { file: 'src/user.ts', before: fetching, after: getting },
        likelihood: 0.7,
        reasons: { likelihood: 'the lines differ on disk; who changed them is not known' },
        context: { editedAt: march('02T10:05'), seenIn: 'working-copy' },
        evidence: { line: 2 },
      },
    ]);
  });

  it('is found once, however often it is looked for', async () => {
    const { folder, open, stored, ports } = scene(march('02T12:00'));
    folder.write({ 'src/user.ts': corrected }, march('02T11:00'));
    const capture = open();
    await capture.import({});
    const [first] = await stored();
    expect(await capture.import({})).toMatchObject({ corrections: { new: 0, found: 1 } });
    expect(await open().import({})).toMatchObject({ corrections: { new: 0, found: 1 } });
    await ports.cache.clear('transcripts');
    expect(await open().import({})).toMatchObject({ corrections: { new: 0, found: 1 } });
    expect(await stored()).toEqual([first]);
  });

  it('is a correction in a commit, of the agent’s work or on top of it', async () => {
    const alone = scene();
    alone.folder.commit({ 'src/user.ts': corrected }, march('02T11:00'));
    await alone.open().import({});
    expect(await alone.stored()).toMatchObject([{ edit: { after: getting }, likelihood: 0.6 }]);

    const onTop = scene();
    onTop.folder.commit({ 'src/user.ts': agents }, march('02T10:30'));
    onTop.folder.commit({ 'src/user.ts': corrected }, march('03T09:00'));
    onTop.folder.commit({ 'src/user.ts': start }, march('04T09:00'));
    await onTop.open().import({});
    expect(await onTop.stored()).toMatchObject([{ timestamp: march('03T09:00'), edit: { after: getting } }]);
  });

  it('is none after the afterglow, and none where that is switched off', async () => {
    const late = scene();
    late.folder.commit({ 'src/user.ts': agents }, march('02T10:30'));
    late.folder.commit({ 'src/user.ts': corrected }, march('03T16:05'));
    await late.open().import({});
    expect(await late.stored()).toEqual([]);
    const longer = captureIn(
      late.folder.root,
      temporaryFolder(),
      openFileHistory(late.folder.root),
      undefined,
      {
        afterglowHours: 48,
      },
    );
    longer.write('s1', agentWrote(5, late.file, start, agents));
    await longer.open().import({});
    expect(await longer.stored()).toHaveLength(1);

    const off = scene(undefined, { afterglowHours: 0 });
    off.folder.write({ 'src/user.ts': corrected }, march('02T11:00'));
    await off.open().import({});
    expect(await off.stored()).toEqual([]);
  });

  it('is a correction where a line is deleted, with nothing in its place', async () => {
    const { folder, open, stored } = scene();
    const less = agents.replace("  console.log('loaded the user', user);\n", '');
    folder.write({ 'src/user.ts': less }, march('02T11:00'));
    await open().import({});
    expect(await stored()).toMatchObject([
      { edit: { before: "  console.log('loaded the user', user);", after: '' } },
    ]);
  });

  it.each([
    [
      'a line that is added',
      agents.replace('  return user as User;', '  check(user);\n  return user as User;'),
    ],
    [
      'spaces, quotes and semicolons',
      agents.replaceAll("'", '"').replaceAll(';\n', '\n').replaceAll('  ', '\t'),
    ],
    [
      'lines that are wrapped',
      agents.replace("await fetch('/users/' + id);", "await fetch(\n    '/users/' + id,\n  );"),
    ],
    ['Windows line ends', agents.replaceAll('\n', '\r\n')],
    [
      'moved lines',
      `${start}\n${agents.slice(agents.indexOf('export async'), agents.indexOf('export function last'))}`,
    ],
    ['lines that the agent did not write', agents.replace('return 1', 'return 2').replace("'last'", "'end'")],
    [
      'another file altogether',
      Array.from({ length: 300 }, (_, index) => `const other${index} = ${index};`).join('\n'),
    ],
    ['no text', ''],
  ])('is none where the change is %s', async (_what, text) => {
    const { folder, open, stored } = scene();
    folder.write({ 'src/user.ts': text }, march('02T11:00'));
    await open().import({});
    expect(await stored()).toEqual([]);
  });

  it('is found at the end of a file, without the bracket that stands there still', async () => {
    const { folder, file, open, write, stored } = scene();
    const wrote = `${start}\nexport function end(input: string) {\n  return input.trim().toLowerCase();\n}\n`;
    write('s1', agentWrote(5, file, start, wrote));
    folder.write({ 'src/user.ts': wrote.replace('input.trim()', 'normalise(input)') }, march('02T11:00'));
    await open().import({});
    expect(await stored()).toMatchObject([
      {
        edit: {
          before: '  return input.trim().toLowerCase();',
          after: '  return normalise(input).toLowerCase();',
        },
      },
    ]);
  });

  it('is found between Windows line ends too', async () => {
    const { folder, open, stored } = scene();
    folder.write({ 'src/user.ts': corrected.replaceAll('\n', '\r\n') }, march('02T11:00'));
    await open().import({});
    expect(await stored()).toMatchObject([{ edit: { before: fetching, after: getting } }]);
  });

  it('is none where the file is deleted', async () => {
    const { folder, open, stored } = scene();
    folder.commit({ 'src/user.ts': agents }, march('02T10:30'));
    folder.commit({ 'src/user.ts': null }, march('02T11:00'));
    await open().import({});
    expect(await stored()).toEqual([]);
  });

  it('is none where more than forty of the agent’s lines are gone', async () => {
    const { folder, file, open, write, stored } = scene();
    const many = (word: string) => Array.from({ length: 60 }, (_, n) => `const ${word}${n} = count(${n});`);
    const wrote = ['// The head of it', ...many('value'), '// The foot of it'].join('\n');
    write('s1', agentWrote(5, file, null, wrote));
    folder.write({ 'src/user.ts': wrote.replaceAll('value', 'number') }, march('02T11:00'));
    await open().import({});
    expect(await stored()).toEqual([]);
  });

  it('is none in a commit that never held the agent’s work: made in part, or on another branch', async () => {
    const { folder, open, stored } = scene();
    const elsewhere = start.replace('return 1', 'return 100');
    folder.commit({ 'src/user.ts': elsewhere }, march('02T11:00'));
    await open().import({});
    expect(await stored()).toEqual([]);
    // On disk it was there, and was taken back.
    folder.write({ 'src/user.ts': elsewhere.replace('100', '101') }, march('02T11:30'));
    await open().import({});
    const undone = captureIn(folder.root, temporaryFolder(), openFileHistory(folder.root));
    undone.write('s1', agentWrote(5, join(folder.root, 'src/user.ts'), start, agents));
    await undone.open().import({});
    expect(await undone.stored()).toMatchObject([
      { context: { seenIn: 'working-copy' }, edit: { after: '' } },
    ]);
  });

  it('is one correction for one tool use, with all places, and one for each tool use', async () => {
    const { folder, file, open, write, stored } = scene();
    const more = agents.replace("return 'last';", "return 'the very last one';");
    write('s1', [...agentWrote(5, file, start, agents), ...agentWrote(6, file, agents, more)]);
    const after = more
      .replace(fetching, getting)
      .replace('  return user as User;', '  return userSchema.parse(user);')
      .replace("'the very last one'", "'the end of it'");
    folder.write({ 'src/user.ts': after }, march('02T11:00'));
    await open().import({});
    const edits = (await stored()).map(({ edit }) => [edit?.before, edit?.after]);
    expect(edits).toHaveLength(2);
    expect(edits).toContainEqual([
      `${fetching}\n…\n  return user as User;`,
      `${getting}\n…\n  return userSchema.parse(user);`,
    ]);
    expect(edits).toContainEqual(["  return 'the very last one';", "  return 'the end of it';"]);
  });

  it('is none where the agent changed its own lines later', async () => {
    const { folder, file, open, write, stored } = scene();
    const gone = corrected.replace("  console.log('loaded the user', user);\n", '');
    write('s1', [
      ...agentWrote(5, file, start, agents),
      ...agentWrote(20, file, agents, corrected),
      ...agentWrote(21, file, corrected, gone),
    ]);
    folder.commit({ 'src/user.ts': gone }, march('02T11:00'));
    await open().import({});
    expect(await stored()).toEqual([]);
  });

  it('is none where an agent of another transcript changed them, read now or earlier', async () => {
    const { folder, file, open, write, stored } = scene(march('02T12:00'));
    folder.write({ 'src/user.ts': agents }, march('02T10:05'));
    const other = write(
      's1/subagents/agent-1',
      agentWrote(20, file, agents, corrected, { isSidechain: true }),
    );
    await open().import({ only: new Set([other]) });
    folder.write({ 'src/user.ts': corrected }, march('02T10:20'));
    await open().import({});
    expect(await stored()).toEqual([]);
    // The other transcript has nothing new, and is not read again.
    const first = write('s0', agentWrote(4, file, start, agents));
    await open().import({ only: new Set([first]) });
    expect(await stored()).toEqual([]);
  });

  it('is none where the file was changed while a program of the agent ran, also one that ended later', async () => {
    const { folder, file, open, write, stored } = scene(march('02T12:00'));
    const wrote = agentWrote(5, file, start, agents);
    const began = assistant(20, toolUse('b1', 'Bash', { command: 'lint --fix' }));
    const transcript = write('s1', [...wrote, began]);
    await open().import({});
    folder.write({ 'src/user.ts': corrected }, march('02T10:21'));
    appendFileSync(transcript, `${JSON.stringify(user(22, [result('b1', 'ok')]))}\n`);
    await open().import({});
    expect(await stored()).toEqual([]);
    folder.write({ 'src/user.ts': corrected }, march('02T10:30'));
    await open().import({});
    expect(await stored()).toHaveLength(1);
  });

  it('is looked for until the afterglow is over, and no longer', async () => {
    const { folder, open, stored, ports } = scene(march('02T10:10'));
    const openEdits = () => {
      const checkpoints = [...ports.cache.values].filter(([key]) =>
        key.startsWith('transcripts/claude-code'),
      );
      return checkpoints.flatMap(([, json]) => JSON.parse(json).findings.edits);
    };
    await open().import({});
    expect(openEdits()).toMatchObject([{ file: 'src/user.ts', toolUseId: 'toolu_5' }]);
    await open().import({});
    folder.write({ 'src/user.ts': corrected }, march('02T11:00'));
    await open().import({});
    expect(await stored()).toHaveLength(1);
    expect(openEdits()).toEqual([]);

    const unchanged = scene(march('02T10:10'));
    await unchanged.open().import({});
    unchanged.ports.clock.advance(25 * 3_600_000);
    await unchanged.open().import({});
    const kept = [...unchanged.ports.cache.values].filter(([key]) =>
      key.startsWith('transcripts/claude-code'),
    );
    expect(kept.map(([, json]) => JSON.parse(json).findings.edits)).toEqual([[]]);
  });

  it('keeps no secret in the cache, and compares no line that held one', async () => {
    const { folder, file, open, write, stored, ports } = scene(march('02T10:10'));
    const secret = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
    const key = [
      '-----BEGIN PRIVATE KEY-----',
      'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC',
      '-----END PRIVATE KEY-----',
    ];
    const wrote = ['const first = open();', `const token = '${secret}';`, 'const last = close(first);'];
    write('s1', [
      ...agentWrote(5, file, null, wrote.join('\n')),
      ...agentWrote(6, join(folder.root, 'key.pem'), null, key.join('\n')),
    ]);
    await open().import({});
    const cached = [...ports.cache.values.values()].join('\n');
    expect(cached).toContain('const first = open();');
    expect(cached).not.toContain(secret);
    expect(cached).not.toContain('MIIEvQIBADANBgkqhkiG9w0BAQEFAASC');
    folder.write({ 'src/user.ts': wrote.join('\n').replace(secret, 'none') }, march('02T11:00'));
    await open().import({});
    expect(await stored()).toEqual([]);
    folder.write(
      { 'src/user.ts': wrote.join('\n').replace('close(first)', 'end(first)') },
      march('02T11:10'),
    );
    await open().import({});
    expect(await stored()).toMatchObject([
      { edit: { before: 'const last = close(first);', after: 'const last = end(first);' } },
    ]);
  });

  it('is asked of the history with one call a file, and not at all for files elsewhere', async () => {
    const history = new MemoryFileHistory('/workspace');
    const { open, write, stored } = captureIn('/workspace', temporaryFolder(), history);
    const edits = Array.from({ length: 20 }, (_, n) =>
      agentWrote(n, '/workspace/a.ts', null, `const a${n} = one();`),
    );
    write('s1', [...edits.flat(), ...agentWrote(40, '/elsewhere/b.ts', null, 'const b = two();')]);
    await open().import({});
    expect(history.asked).toBe(1);
    expect(await stored()).toEqual([]);
  });

  it.each(['.env', 'app/.env.local', 'key.pem', 'config/credentials.json'])(
    'is not looked for in %s, which is made to hold secrets',
    async (name) => {
      const history = new MemoryFileHistory('/workspace');
      const { open, write, stored } = captureIn('/workspace', temporaryFolder(), history);
      write('s1', agentWrote(5, `/workspace/${name}`, null, 'HOST=example\nPASSWORD=fill this in\n'));
      history.files.set(name, [
        { text: 'HOST=example\nPASSWORD=hunter2\n', at: march('02T11:00'), origin: 'working-copy' },
      ]);
      await open().import({});
      expect(history.asked).toBe(0);
      expect(await stored()).toEqual([]);
    },
  );

  it('names the file by the folder that the agent worked in', async () => {
    const history = new MemoryFileHistory('/workspace');
    history.files.set('pkg/a.md', [
      { text: 'Use spaces.\nWrap at eighty columns.\n', at: march('02T11:00'), origin: 'working-copy' },
    ]);
    const { open, write, stored } = captureIn('/workspace', temporaryFolder(), history);
    const wrote = agentWrote(5, 'a.md', null, 'Use tabs.\nWrap at eighty columns.\n');
    write(
      's1',
      wrote.map((each) => ({ ...each, cwd: '/workspace/pkg' })),
    );
    await open().import({});
    expect(await stored()).toMatchObject([
      { edit: { file: 'pkg/a.md', before: 'Use tabs.', after: 'Use spaces.' } },
    ]);
  });

  it('has the prompt that the transcript says was in force', async () => {
    const { folder, file, open, write, stored } = scene();
    writeFileSync(join(folder.root, 'CLAUDE.md'), 'Be kind.');
    const loaded = {
      type: 'instructions',
      files: [{ path: join(folder.root, 'CLAUDE.md'), content: 'Be kind.' }],
    };
    const attachment = { type: 'attachment', uuid: 'a1', sessionId: 's1', timestamp: march('02T10:00') };
    write('s1', [{ ...attachment, attachment: loaded }, ...agentWrote(5, file, start, agents)]);
    folder.write({ 'src/user.ts': corrected }, march('02T11:00'));
    await open().import({});
    expect(await stored()).toMatchObject([{ promptInForce: { basis: 'transcript' } }]);
  });
});
