import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExperimentEnd } from '../../../src/core/model/experiment';
import { decodePrompt } from '../../../src/core/templates/promptText';
import { assign } from '../../../src/hook/assignment';
import { hasCanaryHook } from '../../../src/node/canarySettings';
import { applyHookPlan, planHook } from '../../../src/node/captureHook';
import { hasHook } from '../../../src/node/hookSettings';
import {
  agent,
  agentId,
  agentPath,
  betterAgent,
  contents,
  experimentBench,
  settingsPath,
  startOn,
  textOf,
  twinPath,
  write,
} from './experimentBench';

const abort = { cause: 'request', reason: 'as the test wants it' } as const;
const settingsTexts = {
  'with comments': '{\n    // mine\n    "permissions": { "allow": ["Bash(git:*)"] }, /* keep */\n}\n',
  'with tabs and line ends of Windows': '{\r\n\t"model": "opus"\r\n}\r\n',
  'without a last line end': '{"model": "opus"}',
  'that are empty': '',
  'with hooks of others': '{"hooks": {"PreToolUse": [{"matcher": "Bash", "hooks": []}],"Stop":[]}}\n',
};

describe('a planned experiment', () => {
  it('shows every change of a file and writes nothing', async () => {
    const workspace = await experimentBench();
    const before = contents(workspace.root);
    const { experiment, files, notes } = await workspace.canary.plan(agentId);
    expect(contents(workspace.root)).toEqual(before);
    expect((await workspace.canary.list()).records).toEqual([]);
    expect(files.map(({ path, before: was }) => [path, was])).toEqual([
      [twinPath, null],
      [settingsPath, null],
    ]);
    expect(decodePrompt(files[0]?.after ?? new Uint8Array(), twinPath)).toContain(
      'You are a careful engineer.',
    );
    expect(experiment).toMatchObject({
      ...{ agentType: 'engineer', mode: 'subagent', patternIds: ['p1', 'p2'], stage: 0, status: 'running' },
      ...{ baseline: { version: '1.0.0' }, candidate: { version: '1.1.0' }, rule: { alpha: 0.05 } },
    });
    expect(notes.join(' ')).toContain('description');
  });

  it('of a prompt that every session reads shows what is added, and makes no twin', async () => {
    const { canary } = await experimentBench();
    const { experiment, files, addition } = await canary.plan('claude-md');
    expect(decodePrompt(addition ?? new Uint8Array(), 'x')).toBe('# Rules\n\n- Never mock the clock.\n');
    expect([experiment.twin, files.map(({ path }) => path)]).toEqual([null, [settingsPath]]);
  });

  it('is refused for what Claude Code does not read, or reads elsewhere', async () => {
    const { canary } = await experimentBench({ 'AGENTS.md': '- x\n', 'sub/CLAUDE.md': '- y\n' });
    for (const templateId of ['agents-md', 'sub-claude-md']) {
      await expect(canary.plan(templateId)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
    await expect(canary.plan('nothing')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is refused for a candidate that is live, a draft, or rejected', async () => {
    const { canary, templates } = await experimentBench();
    const add = (version: string, more: object) =>
      templates.addVersion({
        ...{
          templateId: agentId,
          version,
          parentVersion: '1.0.0',
          origin: 'improvement',
          status: 'approved',
        },
        ...{
          changeSummary: 'x',
          strategy: 'additive',
          hunkIds: [],
          patternIds: [],
          text: `${betterAgent}x\n`,
        },
        ...more,
      });
    await add('1.2.0-draft.1', { status: 'draft' });
    await add('1.3.0', { validation: { reportId: 'r', verdict: 'reject', tier: 'static' } });
    const refused = async (candidate: string) =>
      canary.plan(agentId, { candidate }).then(
        () => 'planned',
        (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
      );
    expect(await refused('1.0.0')).toBe('ILLEGAL_STATE');
    expect(await refused('1.2.0-draft.1')).toBe('ILLEGAL_STATE');
    expect(await refused('1.3.0')).toBe('REFUSED_BY_GATE');
    expect(await refused('9.9.9')).toBe('NOT_FOUND');
  });

  it('is refused where the file is not what was deployed', async () => {
    const { canary, root } = await experimentBench();
    write(root, agentPath, `${agent}edited\n`);
    await expect(canary.plan(agentId)).rejects.toMatchObject({ code: 'TARGET_CHANGED' });
  });

  it('is refused where the name of the twin is taken, by a file or by an agent', async () => {
    const byFile = await experimentBench({ [twinPath]: 'mine\n' });
    await expect(byFile.canary.plan(agentId)).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
      subject: twinPath,
    });
    const other = '.claude/agents/other.md';
    const byName = await experimentBench({ [other]: '---\nname: engineer-canary\ndescription: x\n---\ny\n' });
    await expect(byName.canary.plan(agentId)).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
      subject: other,
    });
  });

  it('is refused for shares that fall, and for chances that are none', async () => {
    const { canary } = await experimentBench();
    const half = { share: 0.5, sessions: 1 };
    await expect(canary.plan(agentId, { stages: [half, half] })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await expect(canary.plan(agentId, { rule: { alpha: 0 } })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });
});

describe('a running experiment', () => {
  it('is the only one on its prompt, and its twin is no prompt of its own', async () => {
    const workspace = await experimentBench();
    const { canary, templates } = workspace;
    const started = await startOn(workspace, agentId);
    expect(await canary.get(started.experimentId)).toEqual(started);
    await expect(canary.plan(agentId)).rejects.toMatchObject({ code: 'ILLEGAL_STATE' });
    const { adopted, editedOutside, skipped } = await templates.adopt();
    expect([adopted, editedOutside, skipped]).toEqual([[], [], []]);
  });

  it('is what the hook reads', async () => {
    const workspace = await experimentBench();
    await startOn(workspace, agentId, { stages: [{ share: 1, sessions: 0 }] });
    const tool_input = { prompt: 'p', subagent_type: 'engineer' };
    const payload = {
      ...{ session_id: 's-1', cwd: workspace.root, hook_event_name: 'PreToolUse', tool_name: 'Agent' },
      ...{ tool_use_id: 't', tool_input },
    };
    expect(assign(JSON.stringify(payload), new Date(), undefined)).toMatchObject({
      hookSpecificOutput: { updatedInput: { subagent_type: 'engineer-canary' } },
    });
    const { records } = await workspace.ports.store.readLog('exposures');
    expect(records).toMatchObject([{ sessionId: 's-1', variant: 'canary' }]);
  });

  it('is not started on what changed since it was planned', async () => {
    const { canary, root } = await experimentBench();
    const plan = await canary.plan(agentId);
    write(root, settingsPath, '{"model": "opus"}\n');
    await expect(canary.start(plan)).rejects.toMatchObject({ code: 'TARGET_CHANGED' });
    expect(textOf(root, settingsPath)).toBe('{"model": "opus"}\n');
    expect(textOf(root, twinPath)).toBeUndefined();
  });

  it('goes on from stage to stage, never back', async () => {
    const workspace = await experimentBench();
    const { experimentId } = await startOn(workspace, agentId);
    const after = await workspace.canary.setStage(experimentId, 1);
    expect([after.stage, after.stagesBegan.length]).toEqual([1, 2]);
    for (const stage of [0, 1, 3, 1.5]) {
      await expect(workspace.canary.setStage(experimentId, stage)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
    }
  });

  it('writes no twin in a dry run, and promotes nothing', async () => {
    const workspace = await experimentBench();
    const { experimentId } = await startOn(workspace, agentId, { dryRun: true });
    expect(textOf(workspace.root, twinPath)).toBeUndefined();
    await expect(workspace.canary.promote(experimentId, { reason: 'x' })).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
    });
    expect((await workspace.canary.end(experimentId, abort)).notes).toEqual([]);
  });
});

describe('the end of an experiment', () => {
  it.each(Object.entries(settingsTexts))('gives back the exact bytes of settings %s', async (_what, text) => {
    const workspace = await experimentBench({ [settingsPath]: text });
    const before = contents(workspace.root);
    for (const templateId of [agentId, 'claude-md']) {
      const { experimentId } = await startOn(workspace, templateId);
      expect(contents(workspace.root)).not.toEqual(before);
      expect(hasCanaryHook(textOf(workspace.root, settingsPath) ?? '', settingsPath)).toBe(true);
      const { experiment, notes } = await workspace.canary.end(experimentId, abort);
      expect(notes).toEqual([]);
      expect(experiment).toMatchObject({
        status: 'rolled-back',
        end: { cause: 'request', automatic: false },
      });
      expect(contents(workspace.root)).toEqual(before);
    }
  });

  it('takes the settings away that were not there, and the folder', async () => {
    const workspace = await experimentBench();
    rmSync(join(workspace.root, '.claude'), { recursive: true });
    const before = contents(workspace.root);
    const { experimentId } = await startOn(workspace, 'claude-md', { scope: 'team' });
    expect(textOf(workspace.root, '.claude/settings.json')).toContain('SessionStart');
    await workspace.canary.end(experimentId, abort);
    expect(contents(workspace.root)).toEqual(before);
  });

  it('keeps the bytes of settings, which may hold secrets, no longer than it takes', async () => {
    const text = '{"env": {"TOKEN": "hunter2hunter2"}}\n';
    const workspace = await experimentBench({ [settingsPath]: text });
    const folder = join(workspace.root, '.claude-pm');
    const holding = () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .filter((entry) => textOf(entry.parentPath, entry.name)?.includes('hunter2'))
        .map(({ parentPath }) => relative(folder, parentPath).split(sep).join('/'));
    const first = await startOn(workspace, agentId);
    const second = await startOn(workspace, 'claude-md');
    // Neither git nor a backup takes what lies there.
    expect(new Set(holding())).toEqual(new Set(['.cache/content']));
    await workspace.canary.end(first.experimentId, abort);
    expect(new Set(holding())).toEqual(new Set(['.cache/content']));
    await workspace.canary.end(second.experimentId, abort);
    expect(holding()).toEqual([]);
  });

  it('takes only its own out of the settings where the bytes before were thrown away, and says so', async () => {
    const workspace = await experimentBench({ [settingsPath]: '{ "model": "opus" }' });
    const { experimentId } = await startOn(workspace, agentId);
    rmSync(join(workspace.root, '.claude-pm/.cache'), { recursive: true });
    const { notes } = await workspace.canary.end(experimentId, abort);
    expect(notes).toEqual([expect.stringContaining('thrown away')]);
    expect(JSON.parse(textOf(workspace.root, settingsPath) ?? '')).toEqual({ model: 'opus' });
    expect(textOf(workspace.root, twinPath)).toBeUndefined();
  });

  it('takes only its own out of settings that somebody changed, and says so', async () => {
    const workspace = await experimentBench({ [settingsPath]: '{}\n' });
    const { experimentId } = await startOn(workspace, agentId);
    const theirs = (textOf(workspace.root, settingsPath) ?? '').replace('{', '{\n  "model": "opus",');
    write(workspace.root, settingsPath, theirs);
    const { notes } = await workspace.canary.end(experimentId, abort);
    expect(notes).toEqual([expect.stringContaining('It was changed since')]);
    expect(JSON.parse(textOf(workspace.root, settingsPath) ?? '')).toEqual({ model: 'opus' });
  });

  it('comes also where the settings cannot be edited any longer, and says so', async () => {
    const workspace = await experimentBench();
    const { experimentId } = await startOn(workspace, agentId);
    write(workspace.root, settingsPath, '{"hooks": ');
    const { notes, experiment } = await workspace.canary.end(experimentId, { ...abort, cause: 'harm' });
    expect([experiment.status, notes]).toEqual(['rolled-back', [expect.stringContaining('by hand')]]);
    expect(textOf(workspace.root, twinPath)).toBeUndefined();
  });

  it('keeps the text of a twin that somebody edited, in the backups', async () => {
    const workspace = await experimentBench();
    const { experimentId } = await startOn(workspace, agentId);
    write(workspace.root, twinPath, 'my own words\n');
    const { notes } = await workspace.canary.end(experimentId, abort);
    expect(notes).toEqual([expect.stringContaining('kept in the backup')]);
    expect(textOf(workspace.root, twinPath)).toBeUndefined();
    const backups = join(workspace.root, '.claude-pm/template_management/backups');
    const kept = readdirSync(backups, { recursive: true, encoding: 'utf8' }).map((name) =>
      join(backups, name),
    );
    expect(kept.filter((file) => !existsSync(`${file}/.`)).map((file) => textOf('', file))).toContain(
      'my own words\n',
    );
  });

  it('leaves the capture hook, and what another experiment needs, where they are', async () => {
    const workspace = await experimentBench({ [settingsPath]: '{ "model": "opus" }\n' });
    const { root, canary } = workspace;
    await applyHookPlan(root, await planHook(root, 'person', 'install'));
    const captured = textOf(root, settingsPath);
    const first = await startOn(workspace, agentId);
    const second = await startOn(workspace, 'claude-md');
    await canary.end(first.experimentId, abort);
    const left = textOf(root, settingsPath) ?? '';
    expect([left.includes('PreToolUse'), left.includes('SessionStart'), hasHook(left, settingsPath)]).toEqual(
      [false, true, true],
    );
    const { notes } = await canary.end(second.experimentId, abort);
    expect([notes, textOf(root, settingsPath)]).toEqual([[], captured]);
  });

  it('in the other order gives back the same bytes', async () => {
    const workspace = await experimentBench();
    const before = contents(workspace.root);
    const first = await startOn(workspace, agentId);
    const second = await startOn(workspace, 'claude-md');
    await workspace.canary.end(second.experimentId, abort);
    await workspace.canary.end(first.experimentId, abort);
    expect(contents(workspace.root)).toEqual(before);
  });

  it('removes what was noted of assignments', async () => {
    const workspace = await experimentBench();
    const { experimentId } = await startOn(workspace, agentId);
    const noted = join(workspace.root, '.claude-pm/improvement_pipeline/assignments');
    write(noted, `${experimentId}/s-1`, 'x');
    await workspace.canary.end(experimentId, abort);
    expect(existsSync(noted)).toBe(false);
  });

  it.each<[ExperimentEnd['cause'] & ('harm' | 'time-over'), string]>([
    ['harm', 'rolled-back'],
    ['time-over', 'inconclusive'],
  ])('for %s is %s, with its figures, and comes once', async (cause, status) => {
    const workspace = await experimentBench();
    const { experimentId } = await startOn(workspace, agentId);
    const options = { cause, reason: 'x', automatic: true, inputs: { e: 20 } };
    const { experiment } = await workspace.canary.end(experimentId, options);
    expect(experiment).toMatchObject({ status, end: { cause, automatic: true, inputs: { e: 20 } } });
    await expect(workspace.canary.end(experimentId, options)).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
    });
    const empty = { ...options, reason: ' ' };
    await expect(workspace.canary.end(experimentId, empty)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('a promotion', () => {
  it('deploys the candidate and cleans up in one step, which can be rolled back as any other', async () => {
    const workspace = await experimentBench({ [settingsPath]: '{}' });
    const { experimentId } = await startOn(workspace, agentId);
    const { experiment } = await workspace.canary.promote(experimentId, {
      ...{ reason: 'fewer corrections', cause: 'superior', automatic: true, inputs: { e: 21 } },
    });
    expect(experiment).toMatchObject({ status: 'promoted', end: { cause: 'superior', automatic: true } });
    expect(contents(workspace.root)).toMatchObject({ [agentPath]: betterAgent, [settingsPath]: '{}' });
    expect(textOf(workspace.root, twinPath)).toBeUndefined();
    const { events } = await workspace.templates.history(agentId);
    expect(events[0]).toMatchObject({ rolloutId: experiment.end?.rolloutId, reason: 'fewer corrections' });
    await workspace.templates.rollBack(agentId, { reason: 'x' });
    expect(textOf(workspace.root, agentPath)).toBe(agent);
  });

  it('leaves the experiment as it was where the deployment fails', async () => {
    const workspace = await experimentBench();
    const started = await startOn(workspace, agentId);
    write(workspace.root, agentPath, `${agent}edited\n`);
    const before = contents(workspace.root);
    await expect(workspace.canary.promote(started.experimentId, { reason: 'x' })).rejects.toMatchObject({
      code: 'TARGET_CHANGED',
    });
    expect(contents(workspace.root)).toEqual(before);
    expect(await workspace.canary.get(started.experimentId)).toEqual(started);
  });

  it('is refused where another version is live by now', async () => {
    const workspace = await experimentBench();
    const { experimentId } = await startOn(workspace, agentId);
    write(workspace.root, agentPath, `${agent}edited\n`);
    await workspace.templates.adopt();
    await expect(workspace.canary.promote(experimentId, { reason: 'x' })).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
    });
  });

  it('only cleans up where somebody has deployed the candidate', async () => {
    const workspace = await experimentBench();
    const { experimentId } = await startOn(workspace, agentId);
    await workspace.templates.deploy(agentId, { version: '1.1.0' });
    const { experiment } = await workspace.canary.promote(experimentId, { reason: 'x' });
    expect([experiment.status, experiment.end?.rolloutId]).toEqual(['promoted', undefined]);
    expect(textOf(workspace.root, twinPath)).toBeUndefined();
  });
});

it('notes each step with what was before and after', async () => {
  const workspace = await experimentBench();
  const { experimentId } = await startOn(workspace, agentId);
  await workspace.canary.setStage(experimentId, 1);
  await workspace.canary.end(experimentId, abort);
  const { records } = await workspace.ports.store.readLog('audit');
  const own = records.filter(({ subject }) => subject === experimentId);
  expect(own.map(({ action }) => action)).toEqual(['canary.started', 'canary.stage-changed', 'canary.ended']);
  expect(own.map(({ before }) => before)).toEqual([null, own[0]?.after, own[1]?.after]);
  expect(own.at(-1)?.why).toBe(abort.reason);
});

it('keeps the versions that were tried when old ones are cleaned up', async () => {
  const workspace = await experimentBench();
  const { experimentId } = await startOn(workspace, agentId);
  await workspace.canary.end(experimentId, abort);
  for (const version of ['1.1.0', '1.2.0', '1.3.0']) {
    if (version !== '1.1.0') {
      await workspace.templates.addVersion({
        ...{
          templateId: agentId,
          version,
          parentVersion: '1.0.0',
          origin: 'improvement',
          status: 'approved',
        },
        ...{
          changeSummary: 'x',
          strategy: 'additive',
          hunkIds: [],
          patternIds: [],
          text: `${agent}${version}\n`,
        },
      });
    }
    await workspace.templates.changeVersion(agentId, version, { status: 'deprecated' });
  }
  const { removed, kept } = await workspace.templates.planCleanUp({ keep: 1, days: 0 });
  expect(removed.map(({ versionId }) => versionId)).toEqual([`${agentId}@1.2.0`]);
  expect(kept.find(({ versionId }) => versionId === `${agentId}@1.1.0`)?.reason).toContain(experimentId);
});
