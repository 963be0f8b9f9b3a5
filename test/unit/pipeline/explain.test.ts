import { describe, expect, it } from 'vitest';
import { executionResultSchema, executionSchema } from '../../../src/core/model/execution';
import { explainRun } from '../../../src/core/pipeline/explain/explainRun';
import { explainText } from '../../../src/core/pipeline/explain/explainText';
import { markdownText } from '../../../src/host/markdownText';
import { copySample, openFixed } from '../support/sampleWorkspace';

describe('explaining the last run', () => {
  it('says what is stored, and finds with other limits what an analysis with them finds', async () => {
    const folder = copySample();
    const workspace = await openFixed(folder);
    const { execution, result, improvements } = await workspace.pipeline.run({ trigger: 'test' });
    const before = await workspace.ports.store.list('patterns');
    const explanation = await explainRun(workspace);
    expect(await workspace.ports.store.list('patterns')).toEqual(before);
    expect(explanation.execution).toMatchObject({ executionId: execution.executionId, status: 'completed' });
    expect(explanation.result).toEqual(result);

    const main = explanation.agents.find(({ agentType }) => agentType === 'main');
    const inForce = main?.steps.find((step) => step.inForce);
    expect(inForce?.patterns).toBe(before.records.filter(({ agentType }) => agentType === 'main').length);
    expect(inForce?.more).toEqual([]);
    const byThreshold = main?.steps
      .filter(({ days }) => days === explanation.limits.days)
      .map(({ patterns }) => patterns);
    expect(byThreshold).toEqual(byThreshold?.toSorted((a, b) => b - a));
    expect(byThreshold?.[0]).toBeGreaterThan(inForce?.patterns ?? 0);

    // What it says of a lower threshold is what a run with it finds.
    const other = await openFixed(copySample(), { overrides: { patternDetectionThreshold: 0.6 } });
    const lower = await other.pipeline.run({ trigger: 'test' });
    const found = lower.analysis?.patterns.filter(({ agentType }) => agentType === 'main').length;
    expect(main?.steps.find(({ threshold, days }) => threshold === 0.6 && days === 365)?.patterns).toBe(
      found,
    );

    for (const group of main?.groups ?? []) {
      if (group.confidence < explanation.limits.patternDetectionThreshold)
        expect(group.whyNot).toContain('below the threshold');
    }
    expect(main?.dropped.length).toBeGreaterThan(0);
    expect(explanation.validations.map(({ improvementId }) => improvementId)).toEqual(
      improvements.map(({ improvementId }) => improvementId),
    );
    for (const { verdict, pairs, missingPairs } of explanation.validations) {
      expect(verdict).toBe('inconclusive');
      expect(pairs + (missingPairs ?? 0)).toBeGreaterThanOrEqual(10);
    }
    expect(explanation.targets.find(({ path }) => path === 'CLAUDE.md')).toMatchObject({ trouble: [] });
  }, 120_000);

  it('names the stage that the limit cut, the file that was edited, and shows no stored text as markup', async () => {
    const folder = copySample();
    const workspace = await openFixed(folder);
    const { execution } = await workspace.pipeline.run({ trigger: 'test' });
    const { store } = workspace.ports;
    await store.put('executions', {
      ...execution,
      status: 'timed-out',
      stages: [
        {
          stage: 'validate',
          agentType: '<img src=x>',
          status: 'cancelled',
          startedAt: '2026-11-01T12:00:00.000Z',
          endedAt: '2026-11-01T12:02:00.000Z',
          counts: {},
          error: { code: 'TIMED_OUT', message: 'Too long.', subject: 'x', remedy: 'Raise it.' },
        },
      ],
    });
    const template = (await store.list('templates')).records.find(({ path }) => path === 'CLAUDE.md');
    if (!template) throw new Error('the sample has no CLAUDE.md');
    await store.remove('versions', `${template.templateId}@${template.deployedVersion}`);
    const explanation = await explainRun(workspace, { executionId: execution.executionId });
    const text = explainText(explanation, { safe: markdownText });
    expect(text).toContain('cancelled, 120.0 s');
    expect(text).toMatch(/the limit cut validate of \\<img/);
    expect(text).not.toMatch(/[^\\]<img/);
    await expect(explainRun(workspace, { executionId: 'e_none' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  }, 60_000);
});

it('still reads the records of earlier releases', () => {
  const execution = {
    schemaVersion: 1,
    executionId: 'e_1',
    trigger: 'cli',
    status: 'completed',
    startedAt: '2026-05-01T12:00:00.000Z',
    endedAt: '2026-05-01T12:00:09.000Z',
    agents: ['main'],
    stages: [],
  };
  expect(executionSchema.parse(execution)).toEqual(execution);
  const result = {
    schemaVersion: 1,
    executionId: 'e_1',
    improvementSummary: { proposed: 1, drafts: 0, improvementIds: ['i_1'] },
    validationSummary: { ship: 0, reject: 0, inconclusive: 1 },
    deploymentSummary: { deployed: 0, waiting: 1 },
    corrections: 3,
    patterns: 1,
  };
  expect(executionResultSchema.parse(result)).toEqual(result);
});
