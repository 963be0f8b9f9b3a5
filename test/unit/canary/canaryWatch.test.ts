import { describe, expect, it } from 'vitest';
import type { Experiment, Variant } from '../../../src/core/model/experiment';
import type { Workspace } from '../../../src/node/openWorkspace';
import { seededRandom } from '../../../src/node/seededRandom';
import { openFixed } from '../support/sampleWorkspace';
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
import { correction, exposure, session, usage } from './experimentSamples';

const hour = 3_600_000;
const oneStage = { stages: [{ share: 0.5, sessions: 0 }], patternIds: [] };

/** What `count` sessions leave behind, one an hour since the experiment began. */
async function addSessions(
  { ports }: Workspace,
  { experimentId, startedAt, agentType }: Experiment,
  count: number,
  chances: Readonly<Record<Variant, number>>,
): Promise<void> {
  const random = seededRandom(11);
  const began = Date.parse(startedAt);
  const iso = (index: number, minutes: number) =>
    new Date(began + index * hour + minutes * 60_000).toISOString();
  const all = Array.from({ length: count }, (_, index) => {
    const id = `s${String(index).padStart(4, '0')}`;
    const assigned: Variant = random.next() < 0.5 ? 'canary' : 'control';
    return { id, assigned, index, corrected: random.next() < chances[assigned] };
  });
  await ports.store.append(
    'exposures',
    all.map(({ id, assigned, index }) =>
      exposure(id, 0, { experimentId, agentType, assigned, variant: assigned, at: iso(index, 1) }),
    ),
  );
  await ports.store.append(
    'sessions',
    all.map(({ id, index }) =>
      session(id, 0, 0, {
        startedAt: iso(index, 0),
        endedAt: iso(index, 20),
        usage: { [agentType]: usage() },
      }),
    ),
  );
  await ports.store.append(
    'corrections',
    all
      .filter(({ corrected }) => corrected)
      .map(({ id, index }) => correction(`c-${id}`, id, 0, { agentType, timestamp: iso(index, 5) })),
  );
}

/** The same workspace, opened so many hours after the experiment began. */
async function later({ root }: Workspace, { startedAt }: Experiment, hours: number, overrides = {}) {
  return openFixed(root, { now: new Date(Date.parse(startedAt) + hours * hour), overrides });
}

describe('watching experiments', () => {
  it('takes a candidate back that hurts, by itself, and leaves every byte as it was', async () => {
    const workspace = await experimentBench({ [settingsPath]: '{\n  // mine\n  "model": "opus"\n}\n' });
    const before = contents(workspace.root);
    const experiment = await startOn(workspace, agentId, oneStage);
    expect(contents(workspace.root)).not.toEqual(before);
    await addSessions(workspace, experiment, 150, { control: 0.15, canary: 0.7 });
    const then = await later(workspace, experiment, 151);
    const [looked] = (await then.canaryWatch.look()).statuses;
    expect(looked?.decision).toMatchObject({ action: 'roll-back', cause: 'harm' });
    expect(contents(workspace.root)).not.toEqual(before);

    const [checked] = await then.canaryWatch.check();
    expect(checked).toMatchObject({ done: 'rolled-back', notes: [] });
    expect(contents(workspace.root)).toEqual(before);
    const ended = await then.canary.get(experiment.experimentId);
    expect(ended).toMatchObject({ status: 'rolled-back', end: { cause: 'harm', automatic: true } });
    expect(ended.end?.inputs).toMatchObject({ sessions: looked?.assessment.sessions });
    // The gate knows.
    await expect(then.templates.rollOut(agentId, { version: '1.1.0' })).rejects.toMatchObject({
      code: 'REFUSED_BY_GATE',
    });
    expect(await then.canaryWatch.check()).toEqual([]);
  });

  it('waits for a person to promote what helps, and promotes it where that was agreed', async () => {
    const workspace = await experimentBench();
    const experiment = await startOn(workspace, agentId, oneStage);
    await addSessions(workspace, experiment, 260, { control: 0.5, canary: 0.1 });
    const then = await later(workspace, experiment, 261);
    expect((await then.canaryWatch.check())[0]).toMatchObject({
      done: 'waits',
      decision: { action: 'promote', cause: 'superior' },
    });
    expect(textOf(workspace.root, agentPath)).toBe(agent);

    const automatic = await later(workspace, experiment, 261, { autoDeploymentEnabled: true });
    expect((await automatic.canaryWatch.check())[0]?.done).toBe('promoted');
    expect(textOf(workspace.root, agentPath)).toBe(betterAgent);
    expect(textOf(workspace.root, twinPath)).toBeUndefined();
    const version = await automatic.ports.store.get('versions', `${agentId}@1.1.0`);
    expect(version?.validation).toEqual({
      reportId: experiment.experimentId,
      verdict: 'ship',
      tier: 'observed',
    });
    const audit = (await automatic.ports.store.readLog('audit')).records.map(({ action }) => action);
    expect(audit).toContain('canary.promoted');
    expect(audit).toContain('template.deployed');
  });

  it('only reports in a dry run', async () => {
    const workspace = await experimentBench();
    const experiment = await startOn(workspace, agentId, { ...oneStage, dryRun: true });
    await addSessions(workspace, experiment, 150, { control: 0.15, canary: 0.7 });
    const then = await later(workspace, experiment, 151, { autoDeploymentEnabled: true });
    expect((await then.canaryWatch.check())[0]).toMatchObject({
      done: 'reported',
      decision: { cause: 'harm' },
    });
    expect((await then.canary.get(experiment.experimentId)).status).toBe('running');
  });

  it.each([
    ['twin was changed', (root: string) => write(root, twinPath, 'broken'), 'was changed'],
    ['prompt was changed', (root: string) => write(root, agentPath, `${agent}Mine.\n`), 'was changed while'],
  ])('stops when the %s', async (_, meddle, words) => {
    const workspace = await experimentBench();
    await startOn(workspace, agentId, oneStage);
    meddle(workspace.root);
    const [checked] = await workspace.canaryWatch.check();
    expect(checked).toMatchObject({ done: 'rolled-back', decision: { cause: 'candidate-broken' } });
    expect(checked?.decision?.reason).toContain(words);
    expect(textOf(workspace.root, twinPath)).toBeUndefined();
    // Nothing of the person's own is lost.
    if (words.endsWith('while')) expect(textOf(workspace.root, agentPath)).toBe(`${agent}Mine.\n`);
  });

  it('goes on to the next stage, and sessions that came before count at their own share', async () => {
    const workspace = await experimentBench();
    const stages = [
      { share: 0.5, sessions: 3 },
      { share: 0.6, sessions: 0 },
    ];
    const experiment = await startOn(workspace, agentId, { patternIds: [], stages });
    await addSessions(workspace, experiment, 12, { control: 0.1, canary: 0.1 });
    const then = await later(workspace, experiment, 13);
    expect((await then.canaryWatch.check())[0]).toMatchObject({ done: 'stage', experiment: { stage: 1 } });
    const [{ assessment } = { assessment: undefined }] = (await then.canaryWatch.look()).statuses;
    expect(assessment?.sessions.control).toBeGreaterThan(0);
    expect(assessment?.stageSessions).toEqual({ control: 0, canary: 0 });
  });

  it('leaves an experiment as it is where the person may not end it', async () => {
    const workspace = await experimentBench();
    const experiment = await startOn(workspace, agentId, oneStage);
    write(workspace.root, twinPath, 'broken');
    write(workspace.root, '.claude-pm/config.json', '{"roles": {"default": "viewer"}}\n');
    const then = await later(workspace, experiment, 1);
    const [checked] = await then.canaryWatch.check();
    expect(checked?.done).toBe('refused');
    expect(checked?.notes[0]).toContain('role');
    expect((await then.canary.get(experiment.experimentId)).status).toBe('running');
  });

  it('does nothing, and reads nothing more, where no experiment is', async () => {
    const workspace = await experimentBench();
    expect(await workspace.canaryWatch.look()).toEqual({ statuses: [], skipped: [] });
    expect(await workspace.canaryWatch.check()).toEqual([]);
  });
});
