import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { exposureSchema } from '../../../src/core/model/experiment';
import { assign } from '../../../src/hook/assignment';
import { chanceOf, variantOf } from '../../../src/hook/sessionVariant';
import { openFileStore } from '../../../src/node/fileStore';
import { nodeHash } from '../../../src/node/systemPorts';
import { memoryPorts } from '../support/memoryPorts';
import { temporaryFolder } from '../support/sampleWorkspace';
import {
  addition,
  experiment,
  experimentWorkspace,
  instructions,
  original,
  putExperiment,
  twin,
  write,
} from './experimentFixture';

const at = new Date('2026-11-01T12:00:00.000Z');
const { sha256 } = nodeHash;

/** Sessions that chance gives this variant at a share of a half. */
function sessionWith(wanted: 'control' | 'canary'): string {
  for (let n = 0; ; n += 1) {
    const isCanary = chanceOf(experiment(), `s-${n}`) < 0.5;
    if (isCanary === (wanted === 'canary')) return `s-${n}`;
  }
}
const canary = sessionWith('canary');
const control = sessionWith('control');

const call = (root: string, more: object) =>
  assign(JSON.stringify({ cwd: root, transcript_path: join(root, 't.jsonl'), ...more }), at, root);
const delegated = (root: string, sessionId: string, type = 'engineer', id = 'toolu_1') =>
  call(root, {
    session_id: sessionId,
    hook_event_name: 'PreToolUse',
    tool_name: 'Agent',
    tool_use_id: id,
    tool_input: { description: 'd', prompt: 'p', subagent_type: type },
  });
const began = (root: string, sessionId: string, source = 'startup') =>
  call(root, { session_id: sessionId, hook_event_name: 'SessionStart', source });

const swapped = (to: string) => ({
  hookSpecificOutput: {
    hookEventName: 'PreToolUse',
    updatedInput: { description: 'd', prompt: 'p', subagent_type: to },
  },
});

function exposuresOf(root: string) {
  const folder = join(root, '.claude-pm/training/exposures');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .trim()
      .split('\n')
      .map((line) => exposureSchema.parse(JSON.parse(line))),
  );
}

describe('a delegated task', () => {
  it('goes to the twin where chance gave the candidate, and is noted', async () => {
    const root = experimentWorkspace(experiment());
    expect(delegated(root, canary)).toEqual(swapped('engineer-canary'));
    expect(exposuresOf(root)).toMatchObject([
      {
        experimentId: 'canary-1',
        sessionId: canary,
        agentType: 'engineer',
        assigned: 'canary',
        variant: 'canary',
        share: 0.5,
        stage: 1,
        contentHash: sha256(twin),
      },
    ]);
    const store = await openFileStore(join(root, '.claude-pm'), { clock: memoryPorts().clock });
    expect((await store.readLog('exposures')).records).toHaveLength(1);
    await store.close();
  });

  it('goes on as it is elsewhere, and is noted too', () => {
    const root = experimentWorkspace(experiment());
    expect(delegated(root, control)).toBeUndefined();
    expect(exposuresOf(root)).toMatchObject([
      { assigned: 'control', variant: 'control', contentHash: sha256(original) },
    ]);
  });

  it('is one exposure however often it is told of', () => {
    const root = experimentWorkspace(experiment());
    delegated(root, canary);
    delegated(root, canary);
    delegated(root, canary, 'engineer', 'toolu_2');
    expect(new Set(exposuresOf(root).map(({ exposureId }) => exposureId)).size).toBe(2);
  });

  it('goes back to the original where the model chose the twin and chance did not', () => {
    const root = experimentWorkspace(experiment());
    expect(delegated(root, control, 'engineer-canary')).toEqual(swapped('engineer'));
    expect(delegated(root, canary, 'engineer-canary')).toBeUndefined();
    expect(exposuresOf(root).map(({ variant }) => variant)).toEqual(['control', 'canary']);
  });

  it.each([
    ['twin-missing', (root: string) => rmSync(join(root, '.claude/agents/engineer-canary.md'))],
    ['twin-changed', (root: string) => write(root, '.claude/agents/engineer-canary.md', 'mine\n')],
  ])('gets the original where the twin is not what was written: %s', (fault, change) => {
    const root = experimentWorkspace(experiment());
    change(root);
    expect(delegated(root, canary)).toBeUndefined();
    expect(exposuresOf(root)).toMatchObject([{ assigned: 'canary', variant: 'control', fault }]);
  });

  it('is only noted in a dry run', () => {
    const root = experimentWorkspace(experiment({ dryRun: true }));
    rmSync(join(root, '.claude/agents/engineer-canary.md'));
    expect(delegated(root, canary)).toBeUndefined();
    const [exposure] = exposuresOf(root);
    expect(exposure).toMatchObject({ assigned: 'canary', variant: 'control' });
    expect(exposure?.fault).toBeUndefined();
  });

  it('is not the business of an experiment on another agent, or of one that has ended', () => {
    const root = experimentWorkspace(experiment({ status: 'rolled-back' }));
    expect(delegated(root, canary)).toBeUndefined();
    putExperiment(root, experiment());
    expect(delegated(root, canary, 'reviewer')).toBeUndefined();
    expect(exposuresOf(root)).toEqual([]);
  });

  it('gets the original where the log cannot be written', () => {
    const root = experimentWorkspace(experiment());
    write(root, '.claude-pm/training/exposures', 'a file in the way');
    expect(() => delegated(root, canary)).toThrow();
  });
});

describe('a session', () => {
  const told = (event: string) => ({
    hookSpecificOutput: { hookEventName: event, additionalContext: addition },
  });

  it('is told the addition when it begins and when it forgets, not when it is resumed', () => {
    const root = experimentWorkspace(instructions());
    expect(began(root, canary, 'resume')).toBeUndefined();
    expect(began(root, canary)).toEqual(told('SessionStart'));
    expect(began(root, canary, 'compact')).toEqual(told('SessionStart'));
    expect(began(root, control)).toBeUndefined();
    expect(exposuresOf(root)).toMatchObject([
      { variant: 'canary', contentHash: sha256(addition) },
      { variant: 'canary' },
      { variant: 'control', contentHash: sha256('# Rules\n') },
    ]);
  });

  it('that began before the experiment is not of it', () => {
    const root = experimentWorkspace(instructions());
    expect(began(root, canary, 'compact')).toBeUndefined();
    expect(exposuresOf(root)).toEqual([]);
  });

  it('has it told to its subagents too, but for those that know no CLAUDE.md', () => {
    const root = experimentWorkspace(instructions());
    began(root, canary);
    const subagent = (type: string) =>
      call(root, { session_id: canary, hook_event_name: 'SubagentStart', agent_type: type });
    expect(subagent('engineer')).toEqual(told('SubagentStart'));
    expect(subagent('Explore')).toBeUndefined();
  });

  it('gets the original where the bytes of the addition are gone or changed', () => {
    const root = experimentWorkspace(instructions());
    write(root, `.claude-pm/template_management/versions/content/${sha256(addition)}`, 'other');
    expect(began(root, canary)).toBeUndefined();
    expect(exposuresOf(root)).toMatchObject([
      { assigned: 'canary', variant: 'control', fault: 'addition-missing' },
    ]);
  });
});

describe('the assignment', () => {
  // Of 10,000 sessions the number with the candidate lies within 4.9 standard deviations with probability 1 - 10^-6.
  it.each([0.1, 0.5])('gives a share of %d, within the bounds of chance', (share) => {
    const sessions = 10_000;
    let given = 0;
    for (let n = 0; n < sessions; n += 1) if (chanceOf(experiment(), `session-${n}`) < share) given += 1;
    const deviation = Math.sqrt(sessions * share * (1 - share));
    expect(Math.abs(given - sessions * share)).toBeLessThan(4.9 * deviation);
  });

  it('is another in another experiment', () => {
    const other = { ...experiment(), experimentId: 'canary-2' };
    const sessions = Array.from({ length: 2000 }, (_, n) => `session-${n}`);
    const same = sessions.filter(
      (session) => chanceOf(experiment(), session) < 0.5 === chanceOf(other, session) < 0.5,
    );
    expect(Math.abs(same.length - 1000)).toBeLessThan(4.9 * Math.sqrt(500));
  });

  it('stays with a session when the share rises, which only new sessions see', () => {
    const root = experimentWorkspace();
    const at10 = { ...experiment(), share: 0.1, stage: 0 };
    const sessions = Array.from({ length: 300 }, (_, n) => `session-${n}`);
    const before = sessions.map((session) => variantOf(root, at10, session).variant);
    const at50 = { ...at10, share: 0.5, stage: 1 };
    expect(sessions.map((session) => variantOf(root, at50, session).variant)).toEqual(before);
    expect(variantOf(root, at50, sessions[0] ?? '')).toMatchObject({ share: 0.1, stage: 0 });
    const fresh = sessions.map((session) => variantOf(root, at50, `new-${session}`).variant);
    const count = (list: readonly string[]) => list.filter((variant) => variant === 'canary').length;
    expect(count(fresh)).toBeGreaterThan(count(before));
  });
});

describe('what is hostile or damaged', () => {
  const hostile: readonly unknown[] = [
    ...[null, 7, 'x', [], {}, { status: 'running', schemaVersion: 1 }],
    { ...experiment(), experimentId: '../../../x' },
    { ...experiment(), key: 'no' },
    { ...experiment(), stage: 99 },
    { ...experiment(), stage: -1 },
    { ...experiment(), stages: [{ share: 'all' }, { share: 'all' }] },
    { ...experiment(), stages: 'x' },
    {
      ...experiment(),
      twin: { name: 'engineer-canary', path: '../../etc/passwd', contentHash: sha256(twin) },
    },
    { ...experiment(), twin: { name: 'engineer-canary', path: '/etc/passwd', contentHash: sha256(twin) } },
    { ...experiment(), twin: null },
    { ...experiment(), agentType: { toString: 'x' } },
    { ...experiment(), schemaVersion: 2 },
  ];

  it.each(hostile.map((record) => [JSON.stringify(record).slice(0, 60), record]))(
    'record %s gives the original and leaves nothing behind',
    (_name, record) => {
      const root = experimentWorkspace();
      write(root, '.claude-pm/improvement_pipeline/experiments/canary-1.json', JSON.stringify(record));
      expect(delegated(root, canary)).toBeUndefined();
      expect(began(root, canary)).toBeUndefined();
      expect(exposuresOf(root)).toEqual([]);
      expect(existsSync(join(root, '.claude-pm/improvement_pipeline/assignments'))).toBe(false);
    },
  );

  it.each([
    ['no JSON', '{"schemaVersion": 1, "st'],
    ['larger than any record', `${JSON.stringify(experiment())}${' '.repeat(600_000)}`],
  ])('record file with %s counts for nothing, and the sound ones go on', (_what, text) => {
    const root = experimentWorkspace(experiment());
    write(root, '.claude-pm/improvement_pipeline/experiments/canary-0.json', text);
    mkdirSync(join(root, '.claude-pm/improvement_pipeline/experiments/canary-2.json'));
    expect(delegated(root, canary)).toEqual(swapped('engineer-canary'));
  });

  it.each([
    '',
    'null',
    '[]',
    '{"session_id":"../../x","hook_event_name":"SessionStart","cwd":"/"}',
    '{"session_id":7}',
    `{"session_id":"${canary}","hook_event_name":"PreToolUse","tool_name":"Agent","tool_input":"x","cwd":7}`,
    `{"session_id":"${canary}","hook_event_name":"PreToolUse","tool_name":"Agent"}`,
    `{"session_id":"${canary}","hook_event_name":"SessionStart","source":{"a":1}}`,
  ])('payload %j changes nothing', (input) => {
    const root = experimentWorkspace(experiment(), instructions({ experimentId: 'canary-9' }));
    expect(assign(input, at, root)).toBeUndefined();
    expect(exposuresOf(root)).toEqual([]);
  });

  it('key of an object named like a prototype does no harm', () => {
    const root = experimentWorkspace(experiment());
    const input = `{"session_id":"${canary}","hook_event_name":"PreToolUse","tool_name":"Agent","tool_use_id":"t","tool_input":{"__proto__":{"x":1},"subagent_type":"engineer"}}`;
    expect(JSON.stringify(assign(input, at, root))).toContain('engineer-canary');
  });
});

describe('the program', () => {
  let script = '';
  beforeAll(() => {
    script = join(temporaryFolder(), 'hook.cjs');
    buildSync({
      entryPoints: [fileURLToPath(new URL('../../../src/hook/main.ts', import.meta.url))],
      outfile: script,
      ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node22' },
    });
  });

  const run = (
    root: string,
    input: string,
  ): Promise<{ status: number | null; stdout: string; stderr: string }> => {
    const child = spawn(process.execPath, [script, 'canary'], {
      env: { PATH: process.env['PATH'], CLAUDE_PROJECT_DIR: root },
    });
    const out = { stdout: '', stderr: '' };
    child.stdout.on('data', (data) => {
      out.stdout += data;
    });
    child.stderr.on('data', (data) => {
      out.stderr += data;
    });
    child.stdin.end(input);
    return new Promise((resolve) => child.on('close', (status) => resolve({ status, ...out })));
  };
  const payload = (root: string, more: object) => JSON.stringify({ session_id: canary, cwd: root, ...more });
  const start = { hook_event_name: 'SessionStart', source: 'startup' };

  it('of many that start at once, all give the session the same, whatever becomes of the share meanwhile', async () => {
    const root = experimentWorkspace(instructions());
    const file = join(root, '.claude-pm/improvement_pipeline/experiments/canary-1.json');
    let share = 0;
    const change = setInterval(() => {
      share = 1 - share;
      const text = JSON.stringify(instructions({ stage: 0, stages: [{ share, sessions: 0 }] }));
      writeFileSync(`${file}.tmp`, text);
      renameSync(`${file}.tmp`, file);
    }, 1);
    const runs = Array.from({ length: 8 }, () => run(root, payload(root, start)));
    const answers = (await Promise.all(runs)).map(({ stdout }) => stdout);
    clearInterval(change);
    expect(new Set(answers).size).toBe(1);
    const exposures = exposuresOf(root);
    expect(exposures).toHaveLength(8);
    expect(new Set(exposures.map(({ assigned }) => assigned)).size).toBe(1);
    expect(readdirSync(join(root, '.claude-pm/improvement_pipeline/assignments/canary-1'))).toEqual([canary]);
  });

  it('ends well and silent where it can do nothing', async () => {
    const root = experimentWorkspace(instructions());
    writeFileSync(join(root, '.claude-pm/training'), 'a file in the way');
    for (const input of [payload(root, start), 'no JSON', '']) {
      expect(await run(root, input)).toEqual({ status: 0, stdout: '', stderr: '' });
    }
  });

  it('answers a long task whole', async () => {
    const root = experimentWorkspace(experiment());
    const tool_input = { prompt: 'é'.repeat(200_000), subagent_type: 'engineer' };
    const more = { hook_event_name: 'PreToolUse', tool_name: 'Agent', tool_use_id: 't', tool_input };
    const { stdout } = await run(root, payload(root, more));
    expect(JSON.parse(stdout).hookSpecificOutput.updatedInput).toEqual({
      ...tool_input,
      subagent_type: 'engineer-canary',
    });
  });
});
