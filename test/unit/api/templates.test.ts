import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSample } from './openSample';

const text = '# Reviewer\n\n- Read the whole change first.\r\n- Name the line.\n';

describe('a template by hand', () => {
  it('is deployed to several agents at once with its exact bytes, and rolled back to theirs', async () => {
    const manager = await openSample();
    await manager.adoptPrompts();
    const files = ['cleaner', 'implementer'].map((name) =>
      join(manager.folder, '.claude/agents', `${name}.md`),
    );
    const before = files.map((file) => readFileSync(file));
    const template = await manager.createTemplate({
      templateId: 'reviewer',
      templateType: 'agent_prompt',
      agentType: 'main',
      content: new TextEncoder().encode(text),
    });
    expect(template).toMatchObject({ currentVersion: '1.0.0', deployedVersion: null });

    const rollout = await manager.deployTemplate({
      templateId: 'reviewer',
      targetAgents: ['cleaner', 'implementer'],
    });
    expect(rollout.deployments.map(({ target, verified }) => [target, verified])).toEqual([
      ['.claude/agents/cleaner.md', true],
      ['.claude/agents/implementer.md', true],
    ]);
    expect(rollout.impact.kind).toBe('deploy');
    for (const file of files) expect(readFileSync(file, 'utf8')).toContain(text);

    const back = await manager.rollbackTemplate({
      templateId: 'reviewer',
      reason: 'worse in review',
    });
    expect(back.deployments.map(({ kind, target }) => [kind, target])).toEqual([
      ['rollback', '.claude/agents/cleaner.md'],
      ['rollback', '.claude/agents/implementer.md'],
    ]);
    expect(files.map((file) => readFileSync(file))).toEqual(before);
  });

  it('makes the file that it is for, and its history and dashboard tell of it', async () => {
    const manager = await openSample();
    await manager.createTemplate({
      templateId: 'reviewer',
      templateType: 'agent_prompt',
      agentType: 'QA',
      content: text,
    });
    expect((await manager.planDeployment({ templateId: 'reviewer' })).kind).toBe('deploy');
    const path = join(manager.folder, '.claude/agents/reviewer.md');
    expect(existsSync(path)).toBe(false);
    await manager.deployTemplate({ templateId: 'reviewer', reason: 'first' });
    expect(readFileSync(path, 'utf8')).toBe(text);
    const history = await manager.templateHistory({ templateId: 'reviewer' });
    expect(history.versions.map(({ version }) => version)).toEqual(['1.0.0']);
    expect(history.events).toMatchObject([{ kind: 'deploy', toVersion: '1.0.0', reason: 'first' }]);

    writeFileSync(path, `${text}- Mine.\n`);
    const dashboard = await manager.getDeploymentDashboard();
    expect(dashboard.skipped).toEqual([]);
    expect(dashboard.targets).toMatchObject([
      { templateId: 'reviewer', activeVersion: '1.0.0', drift: 'changed' },
    ]);
    expect(dashboard.drifted).toBe(1);
    await expect(
      manager.rollbackTemplate({ templateId: 'reviewer', reason: 'not wanted' }),
    ).rejects.toMatchObject({ code: 'TARGET_CHANGED' });
    expect(readFileSync(path, 'utf8')).toBe(`${text}- Mine.\n`);
  });

  it('is refused for an agent without a prompt, and nothing is written', async () => {
    const manager = await openSample();
    await manager.adoptPrompts();
    const before = readFileSync(join(manager.folder, 'CLAUDE.md'));
    await expect(
      manager.deployTemplate({ templateId: 'claude-agents-cleaner', targetAgents: ['main', 'nobody'] }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND', subject: 'nobody' });
    expect(readFileSync(join(manager.folder, 'CLAUDE.md'))).toEqual(before);
  });
});

describe('the loop by hand', () => {
  it('records a correction, accepts an improvement, deploys it and takes it back', async () => {
    const manager = await openSample();
    const { correctionId, filledIn } = await manager.recordCorrection({
      agentType: 'main',
      userCorrection: 'From now on always run the linter before you commit.',
    });
    expect(filledIn).toContain('sessionId');
    const { records } = await manager.listCorrections({ agentType: 'main' });
    expect(records.map((each) => each.correctionId)).toContain(correctionId);
    await manager.runFullPipeline();
    const pending = await manager.pendingImprovements();
    const chosen = pending.find(({ agentType }) => agentType === 'main');
    if (chosen === undefined) throw new Error('the sample has no improvement');
    const template = (await manager.listTemplates()).records.find(
      ({ templateId }) => templateId === chosen.templateId,
    );
    const path = join(manager.folder, template?.path ?? '');
    const before = readFileSync(path);
    const { version } = await manager.acceptImprovement({ improvementId: chosen.improvementId });
    expect(readFileSync(path)).toEqual(before);
    await manager.deployTemplate({
      templateId: chosen.templateId,
      version: version.version,
      override: 'a test of the library',
    });
    expect(readFileSync(path)).not.toEqual(before);
    await manager.rollbackTemplate({ templateId: chosen.templateId, reason: 'to see it go' });
    expect(readFileSync(path)).toEqual(before);
  }, 60_000);

  it('rejects an improvement with a reason, and it is no longer pending', async () => {
    const manager = await openSample();
    await manager.runFullPipeline();
    const [first] = await manager.pendingImprovements();
    const improvementId = first?.improvementId ?? '';
    const rejected = await manager.rejectImprovement({ improvementId, reason: 'not this way' });
    expect(rejected.hunks.every(({ decision }) => decision === 'rejected')).toBe(true);
    const ids = (await manager.pendingImprovements()).map((each) => each.improvementId);
    expect(ids).not.toContain(improvementId);
  }, 60_000);
});
