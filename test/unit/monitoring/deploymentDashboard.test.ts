import { describe, expect, it } from 'vitest';
import { deploymentText } from '../../../src/cli/deploymentText';
import { PipelineError } from '../../../src/core/errors';
import { deploymentDashboard } from '../../../src/core/monitoring/deploymentDashboard';
import { loadDeploymentDashboard } from '../../../src/core/monitoring/loadDeploymentDashboard';
import { type Workbench, workbench } from '../support/workbench';

const qa = '.claude/agents/qa.md';
const ops = '.claude/agents/ops.md';
const templateId = 'claude-agents-qa';

async function adopted(): Promise<Workbench> {
  const bench = workbench({ [qa]: '---\nname: qa\n---\nOld\n', [ops]: '---\nname: ops\n---\nOlder\n' });
  await bench.templates.adopt();
  return bench;
}

async function deployNext({ templates }: Workbench, text: string, version: string): Promise<void> {
  await templates.addVersion({
    templateId,
    text,
    version,
    parentVersion: '1.0.0',
    origin: 'improvement',
    status: 'approved',
    changeSummary: 'A rule',
    strategy: 'additive',
    hunkIds: [],
    patternIds: [],
  });
  await templates.deploy(templateId, { version, reason: 'try it' });
}

const read = async (bench: Workbench) => (await loadDeploymentDashboard(bench)).dashboard;

describe('the dashboard of deployments', () => {
  it('knows nothing without records, and says so', () => {
    const dashboard = deploymentDashboard(
      { templates: [], versions: [], deployments: [], audit: [] },
      new Map(),
    );
    expect(dashboard).toEqual({
      targets: [],
      drifted: 0,
      notLooked: 0,
      success: { value: null, interval: null, count: 0, of: 0 },
      failures: {},
      refused: 0,
      lastRollback: null,
    });
    expect(deploymentText(dashboard)).toBe(
      '0 targets, 0 not as deployed\nSuccess: not measured yet; nothing was deployed or rolled back.\nNo rollback yet.',
    );
  });

  it('shows the adopted version of each target, of which nothing was deployed yet', async () => {
    const dashboard = await read(await adopted());
    expect(dashboard.targets.map(({ target }) => target)).toEqual([ops, qa]);
    expect(dashboard.targets[1]).toMatchObject({
      templateId,
      agentType: 'qa',
      activeVersion: '1.0.0',
      by: 'adopt',
      drift: 'as-deployed',
      deployments: 0,
    });
    expect(dashboard.success.value).toBeNull();
  });

  it('follows a deployment, an edit under it, and a rollback', async () => {
    const bench = await adopted();
    await deployNext(bench, '---\nname: qa\n---\nNew\n', '1.1.0');
    expect((await read(bench)).targets[1]).toMatchObject({ activeVersion: '1.1.0', by: 'deploy' });

    bench.promptFiles.set(qa, 'Edited by hand\n');
    expect(await read(bench)).toMatchObject({ drifted: 1, targets: [{}, { drift: 'changed' }] });

    bench.promptFiles.set(qa, '---\nname: qa\n---\nNew\n');
    await bench.templates.rollback(templateId, { reason: 'it got worse' });
    const dashboard = await read(bench);
    expect(dashboard.drifted).toBe(0);
    expect(dashboard.targets[1]).toMatchObject({
      activeVersion: '1.0.0',
      by: 'rollback',
      deployments: 1,
      rollbacks: 1,
    });
    expect(dashboard.lastRollback).toMatchObject({
      target: qa,
      fromVersion: '1.1.0',
      toVersion: '1.0.0',
      reason: 'it got worse',
      author: 'ada',
    });
    expect(dashboard.success).toMatchObject({ value: 1, count: 2, of: 2 });
    // Wilson, 2 of 2: lower end 1 / (1 + 3.841/2).
    expect(dashboard.success.interval?.[0]).toBeCloseTo(0.3424, 3);
  });

  it('counts a deployment that failed, by its code, and one that a gate refused apart', () => {
    const dashboard = deploymentDashboard(
      {
        templates: [],
        versions: [],
        deployments: [],
        audit: [
          { action: 'template.deploy-failed', detail: { code: 'TARGET_CHANGED' } },
          { action: 'template.rollback-failed', detail: {} },
          { action: 'template.deploy-refused', detail: { code: 'REFUSED_BY_GATE' } },
          { action: 'template.deployed', detail: {} },
        ],
      },
      new Map(),
    );
    expect(dashboard).toMatchObject({
      success: { value: 0, count: 0, of: 2 },
      failures: { TARGET_CHANGED: 1, UNEXPECTED: 1 },
      refused: 1,
    });
    expect(deploymentText(dashboard)).toContain('failed: TARGET_CHANGED 1, UNEXPECTED 1');
  });

  it('takes what was written in one step for one', async () => {
    const bench = await adopted();
    await bench.templates.rollOut(templateId, { agents: ['qa', 'ops'], reason: 'the same for both' });
    const { records } = await bench.templates.deployments();
    expect(records.some(({ kind, target }) => kind === 'deploy' && target === ops)).toBe(true);
    expect((await read(bench)).success).toMatchObject({ count: 1, of: 1 });
  });

  it('tells a file that is gone from one that could not be looked at', async () => {
    const bench = await adopted();
    bench.promptFiles.files.delete(qa);
    bench.promptFiles.read = async (path) =>
      path === ops
        ? Promise.reject(new PipelineError('PERMISSION_DENIED', 'no', { subject: path, remedy: 'none' }))
        : undefined;
    expect(await read(bench)).toMatchObject({
      drifted: 1,
      notLooked: 1,
      targets: [{ drift: 'not-looked' }, { drift: 'gone' }],
    });
  });
});
