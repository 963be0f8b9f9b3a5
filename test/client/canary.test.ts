import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Exposure, exposureSchema } from '../../src/core/model/experiment';
import { chanceOf } from '../../src/hook/sessionVariant';
import { writeLauncher } from '../../src/node/hookLauncher';
import { openWorkspace, type Workspace } from '../../src/node/openWorkspace';
import { nullLog } from '../../src/node/systemPorts';
import type { ClientWorld } from './clientWorld.ts';
import type { ModelTurn } from './modelReply.ts';
import { runClient } from './runClient';
import { type ClientSession, openSession } from './session';
import { delegate, engineer, engineerFile } from './toolUses';

const careful = engineer.replace('an engineer', 'a careful engineer');
const rules = '# Rules\n\n- Parse by hand.\n';
const moreRules = '# Rules\n\n- Parse by hand.\n- Never mock the clock.\n';
const settingsFile = '.claude/settings.local.json';
const settings = '{\n\t"model": "opus"\n}\n';
const twinFile = '.claude/agents/engineer-canary.md';
const half = { stages: [{ share: 0.5, sessions: 0 }] };
const everybody = { stages: [{ share: 1, sessions: 0 }] };

const task: readonly ModelTurn[] = [
  { tools: [delegate('Write the parser', { waits: true })] },
  { text: 'Done.' },
];
const times = <T>(count: number, turns: readonly T[]): T[] =>
  Array.from({ length: count }, () => turns).flat();

interface Running extends ClientSession {
  readonly workspace: Workspace;
  readonly experimentId: string;
  readonly notes: readonly string[];
}

/** A person's machine on which an experiment was started; its sessions delegate one task each. */
async function running(
  options: { readonly templateId?: string; readonly stages: typeof half.stages; readonly dryRun?: boolean },
  script: { readonly main: readonly ModelTurn[]; readonly subagents?: readonly ModelTurn[] },
  settingsText = settings,
): Promise<Running> {
  const session = await openSession(script, {
    files: { [engineerFile]: engineer, 'CLAUDE.md': rules, [settingsFile]: settingsText },
  });
  const { folder, home } = session.world;
  mkdirSync(path.join(folder, '.claude-pm'));
  const workspace = await openWorkspace(folder, { log: nullLog, home, identity: 'Ada <ada@example.org>' });
  onTestFinished(() => workspace.close());
  await workspace.templates.adopt();
  for (const [templateId, text] of [
    ['claude-agents-engineer', careful],
    ['claude-md', moreRules],
  ] as const) {
    await workspace.templates.addVersion({
      ...{ templateId, version: '1.1.0', parentVersion: '1.0.0', origin: 'improvement', status: 'approved' },
      ...{ changeSummary: 'x', strategy: 'additive', hunkIds: [], patternIds: [], text },
    });
  }
  await writeLauncher(home, { script: path.resolve('dist/hook.js'), runtime: process.execPath });
  const { templateId = 'claude-agents-engineer', ...rest } = options;
  const plan = await workspace.canary.plan(templateId, rest);
  const { experimentId } = await workspace.canary.start(plan);
  return { ...session, workspace, experimentId, notes: plan.notes };
}

function exposuresOf({ folder }: ClientWorld): readonly Exposure[] {
  const place = path.join(folder, '.claude-pm/training/exposures');
  if (!existsSync(place)) return [];
  return readdirSync(place).flatMap((name) =>
    readFileSync(path.join(place, name), 'utf8')
      .trim()
      .split('\n')
      .map((line) => exposureSchema.parse(JSON.parse(line))),
  );
}

/** What the subagents of the run were told they are. */
const promptsOf = ({ model }: ClientSession): readonly string[] =>
  model.requests
    .filter(({ agentId }) => agentId !== undefined)
    .map(({ system }) => /You are an? (?:careful )?engineer\./.exec(system)?.[0] ?? 'neither');

const settingsOf = ({ folder }: ClientWorld) => readFileSync(path.join(folder, settingsFile), 'utf8');

describe('an experiment on a subagent', () => {
  it('gives each session one of two prompts, as its chance says and the log tells, and keeps to it', async () => {
    const sessions = 8;
    const turns = [...task.slice(0, 1), ...task];
    const run = await running(half, {
      main: times(sessions, turns),
      subagents: times(sessions * 2, [{ text: 'Written.' }]),
    });
    const { world, model, workspace, experimentId } = run;
    const given: string[][] = [];
    for (let n = 0; n < sessions; n += 1) {
      const before = promptsOf(run).length;
      await runClient(world, model.address, 'Let the engineer write it, twice');
      given.push(promptsOf(run).slice(before));
    }
    const { key } = await workspace.canary.get(experimentId);
    const exposures = exposuresOf(world);
    const ids = [...new Set(exposures.map(({ sessionId }) => sessionId))];
    expect(ids).toHaveLength(sessions);
    const chances = ids.map((id) => (chanceOf({ experimentId, key }, id) < 0.5 ? 'canary' : 'control'));
    const prompts = chances.map((variant) =>
      variant === 'canary' ? 'You are a careful engineer.' : 'You are an engineer.',
    );
    expect(given).toEqual(prompts.map((prompt) => [prompt, prompt]));
    for (const [index, id] of ids.entries()) {
      const own = exposures.filter(({ sessionId }) => sessionId === id);
      expect(own).toHaveLength(2);
      expect(new Set(own.map(({ variant }) => variant))).toEqual(new Set([chances[index]]));
    }
    console.log(
      `  ${chances.filter((variant) => variant === 'canary').length} of ${sessions} sessions got the candidate`,
    );

    await workspace.canary.end(experimentId, { cause: 'request', reason: 'the test is over' });
    expect(settingsOf(world)).toBe(settings);
    expect(readdirSync(path.join(world.folder, '.claude'), { recursive: true }).sort()).toEqual([
      'agents',
      'agents/engineer.md',
      'settings.local.json',
    ]);
  }, 180_000);

  it('assigns sessions that run at once each by itself', async () => {
    const run = await running(everybody, {
      // Both delegate before one is done.
      main: task.flatMap((turn) => [turn, turn]),
      subagents: times(2, [{ text: 'Written.', afterMilliseconds: 3000 }]),
    });
    const { world, model } = run;
    const ends = await Promise.all(times(2, ['Go']).map((prompt) => runClient(world, model.address, prompt)));
    expect(ends.map(({ status }) => status)).toEqual([0, 0]);
    expect(new Set(exposuresOf(world).map(({ sessionId }) => sessionId)).size).toBe(2);
    expect(promptsOf(run)).toEqual(['You are a careful engineer.', 'You are a careful engineer.']);
  });

  it('gives the original where the twin is gone, and notes why', async () => {
    const run = await running(everybody, { main: task, subagents: [{ text: 'Written.' }] });
    rmSync(path.join(run.world.folder, twinFile));
    const { status } = await runClient(run.world, run.model.address, 'Go');
    expect([status, promptsOf(run)]).toEqual([0, ['You are an engineer.']]);
    expect(exposuresOf(run.world)).toMatchObject([
      { assigned: 'canary', variant: 'control', fault: 'twin-missing' },
    ]);
  });

  it('gives the original in a dry run, and notes what it would have given', async () => {
    const run = await running(
      { ...everybody, dryRun: true },
      { main: task, subagents: [{ text: 'Written.' }] },
    );
    await runClient(run.world, run.model.address, 'Go');
    expect(promptsOf(run)).toEqual(['You are an engineer.']);
    expect(exposuresOf(run.world)).toMatchObject([{ assigned: 'canary', variant: 'control' }]);
  });

  it.each([
    ['is missing', (launcher: string) => rmSync(launcher)],
    ['is killed', (launcher: string) => writeFileSync(launcher, '#!/bin/sh\nkill -9 $$\n')],
    ['hangs', (launcher: string) => writeFileSync(launcher, '#!/bin/sh\nexec sleep 60\n')],
    ['talks nonsense', (launcher: string) => writeFileSync(launcher, '#!/bin/sh\necho "{nonsense"\n')],
  ])('lets the agent work on where the hook %s', async (_what, harm) => {
    const run = await running(everybody, { main: task, subagents: [{ text: 'Written.' }] });
    harm(path.join(run.world.home, '.claude-pm/bin/claude-pm-hook'));
    const { status, stdout } = await runClient(run.world, run.model.address, 'Go');
    expect([status, stdout.trim()]).toEqual([0, 'Done.']);
    expect(promptsOf(run)).toEqual(['You are an engineer.']);
    expect(exposuresOf(run.world)).toEqual([]);
  });
});

it('says when the settings are such that the client does not read them', async () => {
  const settingsWithComment = '{\n  // mine\n  "model": "opus"\n}\n';
  const run = await running(
    everybody,
    { main: task, subagents: [{ text: 'Written.' }] },
    settingsWithComment,
  );
  await runClient(run.world, run.model.address, 'Go');
  expect(exposuresOf(run.world)).toEqual([]);
  expect(run.notes.join(' ')).toContain('does not read settings with comments');
});

describe('an experiment on CLAUDE.md', () => {
  const told = ({ model }: ClientSession) =>
    model.requests.map(({ messages }) => messages.includes('Never mock the clock.'));

  it('tells the session and its subagents what the candidate adds, and does not repeat it when it is resumed', async () => {
    const run = await running(
      { ...everybody, templateId: 'claude-md' },
      { main: [...task, { text: 'Again.' }], subagents: [{ text: 'Written.' }] },
    );
    const { world, model, workspace, experimentId } = run;
    await runClient(world, model.address, 'Go');
    expect(told(run)).toEqual([true, true, true]);
    await runClient(world, model.address, 'Again', '--continue');
    expect(model.requests.at(-1)?.messages.match(/Never mock the clock\./g)).toHaveLength(1);
    expect(new Set(exposuresOf(world).map(({ sessionId }) => sessionId)).size).toBe(1);
    await workspace.canary.end(experimentId, { cause: 'request', reason: 'the test is over' });
    expect(settingsOf(world)).toBe(settings);
  });

  it('tells nothing to a session that chance gave the original', async () => {
    const run = await running(
      { templateId: 'claude-md', stages: [{ share: 1e-9, sessions: 0 }] },
      { main: task, subagents: [{ text: 'Written.' }] },
    );
    await runClient(run.world, run.model.address, 'Go');
    expect(told(run)).toEqual([false, false, false]);
    const variants = exposuresOf(run.world).map(({ assigned, variant }) => [assigned, variant]);
    expect(new Set(variants.map(String))).toEqual(new Set(['control,control']));
  });
});
