import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { hookEventSchema } from '../../../src/core/model/correction';
import { noteHookEvent } from '../../../src/hook/hookEvent';
import { openFileStore } from '../../../src/node/fileStore';
import { launcherCommand } from '../../../src/node/hookEntries';
import { hookTranscripts } from '../../../src/node/hookJournal';
import { launcherPath, refreshLauncher, writeLauncher } from '../../../src/node/hookLauncher';
import { hookCommand } from '../../../src/node/hookSettings';
import { hash, memoryPorts } from '../support/memoryPorts';
import { temporaryFolder } from '../support/sampleWorkspace';

const at = new Date('2026-11-01T10:00:00.000Z');

function workspace(): { root: string; payload: (more?: object) => string } {
  const root = temporaryFolder();
  mkdirSync(join(root, '.claude-pm'));
  mkdirSync(join(root, 'src'));
  const common = {
    session_id: 's-1',
    transcript_path: join(root, 's-1.jsonl'),
    cwd: join(root, 'src'),
    hook_event_name: 'UserPromptSubmit',
    prompt: 'no, the key is hunter2hunter2',
  };
  return { root, payload: (more = {}) => JSON.stringify({ ...common, ...more }) };
}

const journalOf = (root: string) => {
  const folder = join(root, '.claude-pm/training/hook');
  if (!existsSync(folder)) return [];
  const lines = readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), 'utf8').trim().split('\n'),
  );
  return lines.map((line) => hookEventSchema.parse(JSON.parse(line)));
};

describe('a hook event', () => {
  it('is noted once a session, for the nearest initialised folder, and without a word of what was said', () => {
    const { root, payload } = workspace();
    expect(noteHookEvent(payload(), at, undefined)).toBe('noted');
    expect(noteHookEvent(payload({ hook_event_name: 'Stop' }), at, undefined)).toBe('noted');
    expect(journalOf(root)).toMatchObject([{ sessionId: 's-1', event: 'UserPromptSubmit' }]);
    expect(JSON.stringify(journalOf(root))).not.toContain('hunter2');
    expect(readFileSync(join(root, '.claude-pm/.cache/hook/s-1'), 'utf8')).toBe(join(root, 's-1.jsonl'));
  });

  it('of loaded instructions tells the prompt file and its hash then', async () => {
    const { root, payload } = workspace();
    const file = join(root, 'CLAUDE.md');
    writeFileSync(file, '# Rules\n');
    noteHookEvent(
      payload({ hook_event_name: 'InstructionsLoaded', file_path: file, load_reason: 'x' }),
      at,
      root,
    );
    expect(journalOf(root)).toMatchObject([{ file, contentHash: hash.sha256('# Rules\n'), loadReason: 'x' }]);
    const store = await openFileStore(join(root, '.claude-pm'), { clock: memoryPorts().clock });
    expect((await store.readLog('hookEvents')).records).toHaveLength(1);
    await store.close();
  });

  it('leads the import to a transcript that lies elsewhere', async () => {
    const { root, payload } = workspace();
    noteHookEvent(payload(), at, undefined);
    expect(await hookTranscripts(root)).toEqual([join(root, 's-1.jsonl')]);
  });

  it.each([
    ['no JSON', 'nothing'],
    ['[]', 'nothing'],
    ['{"session_id":"../../x","transcript_path":"/t","cwd":"/","hook_event_name":"Stop"}', 'nothing'],
    ['{"session_id":7}', 'nothing'],
  ])('that is %s changes nothing', (input, answer) => {
    expect(noteHookEvent(input, at, undefined)).toBe(answer);
  });

  it('outside of an initialised folder changes nothing', () => {
    const folder = temporaryFolder();
    const payload = JSON.stringify({
      session_id: 's',
      transcript_path: '/t.jsonl',
      cwd: folder,
      hook_event_name: 'Stop',
    });
    expect(noteHookEvent(payload, at, undefined)).toBe('no workspace');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the launcher', () => {
  const run = (home: string, input: string) =>
    spawnSync('sh', ['-c', hookCommand], { env: { HOME: home, PATH: process.env['PATH'] ?? '' }, input });

  it('runs the hook behind the agent, also where the path holds quotes, and is silent', async () => {
    const { root, payload } = workspace();
    const home = temporaryFolder();
    const script = join(home, "it's here", 'hook.js');
    mkdirSync(join(home, "it's here"));
    writeFileSync(
      script,
      // It goes on only once the agent does.
      `const fs = require("fs"); const home = process.env.HOME; const input = fs.readFileSync(0);
      console.log("noise");
      const wait = () => (fs.existsSync(home + "/went-on") ? fs.writeFileSync(home + "/ran", input) : setTimeout(wait, 10));
      wait();`,
    );
    await writeLauncher(home, { script, runtime: process.execPath });
    // Larger than a pipe holds, with all that a shell might take for its own.
    const input = payload({ prompt: `$HOME \`id\` %s \\n "quoted" ${'x'.repeat(300_000)}` });
    const { status, stdout, stderr } = run(home, input);
    expect([status, String(stdout), String(stderr)]).toEqual([0, '', '']);
    expect(existsSync(join(home, 'ran'))).toBe(false);
    writeFileSync(join(home, 'went-on'), '');
    await vi.waitFor(() => expect(readFileSync(join(home, 'ran'), 'utf8')).toBe(input), 10_000);
    expect(root).not.toBe(home);
  });

  it('waits for the answer that an experiment gives', async () => {
    const home = temporaryFolder();
    const script = join(home, 'hook.js');
    writeFileSync(script, 'console.log(process.argv[2] + require("fs").readFileSync(0, "utf8"))');
    await writeLauncher(home, { script, runtime: process.execPath });
    const env = { HOME: home, PATH: process.env['PATH'] ?? '' };
    const { stdout } = spawnSync('sh', ['-c', launcherCommand('canary')], { env, input: '{"a":1}' });
    expect(String(stdout)).toBe('canary{"a":1}\n');
  });

  it('never fails the agent: missing, without its script, or with one that throws', async () => {
    const home = temporaryFolder();
    expect(run(home, '{}')).toMatchObject({ status: 0 });
    await writeLauncher(home, { script: join(home, 'gone.js'), runtime: '/nowhere' });
    expect(run(home, '{}')).toMatchObject({ status: 0 });
    const broken = join(home, 'broken.js');
    writeFileSync(broken, 'throw new Error("no")');
    await writeLauncher(home, { script: broken, runtime: '/nowhere' });
    expect(run(home, '{}')).toMatchObject({ status: 0 });
  });

  it('is pointed to a new place only where it was installed', async () => {
    const home = temporaryFolder();
    await refreshLauncher(home, { script: '/a/hook.js', runtime: '/node' });
    expect(existsSync(launcherPath(home))).toBe(false);
    await writeLauncher(home, { script: '/a/hook.js', runtime: '/node' });
    await refreshLauncher(home, { script: '/b/hook.js', runtime: '/node' });
    expect(readFileSync(launcherPath(home), 'utf8')).toContain("script='/b/hook.js'");
  });
});
