import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LanguageModel } from '../../../src/core/ports';
import type { SuiteScenario } from '../../../src/core/scenarios/scenarioSuite';
import { openSample } from './openSample';

/** Says "blue" only where the prompt under test tells it to. */
const obedient: LanguageModel = {
  id: 'own:obedient',
  place: 'this test',
  complete: async ({ system = '' }) => ({
    text: system.includes('Say blue') ? 'blue' : 'red',
    usage: { inputTokens: 10, outputTokens: 1, measured: true },
  }),
};

const scenarios: readonly SuiteScenario[] = Array.from({ length: 20 }, (_, index) => ({
  id: `colour-${index}`,
  task: `Which colour, for the time number ${index}?`,
  checks: [{ type: 'contains', value: 'blue' }],
}));

describe('comparePrompts', () => {
  it('with a model prefers the prompt whose answers pass, by a test that says how', async () => {
    const manager = await openSample();
    const compared = await manager.comparePrompts({
      a: '# Rules\n\nSay what you like.\n',
      b: '# Rules\n\nSay blue.\n',
      model: obedient,
      scenarios,
    });
    expect(compared).toMatchObject({ winner: 'b', verdict: 'ship', tier: 'replay', effect: 1, pairs: 20 });
    // Two-sided McNemar test of 20 pairs that all favour b.
    expect(compared.pValue).toBeCloseTo(2 * 0.5 ** 20, 12);
  });

  it('reads the scenarios of the project where none are given', async () => {
    const manager = await openSample();
    await expect(manager.comparePrompts({ a: 'a', b: 'b', model: obedient })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      subject: 'scenarios',
    });
    writeFileSync(join(manager.folder, '.claude-pm/scenarios.yaml'), JSON.stringify(scenarios.slice(0, 3)));
    const compared = await manager.comparePrompts({ a: 'Say blue', b: 'Say blue', model: obedient });
    expect(compared).toMatchObject({ winner: null, pairs: 3, effect: 0, tier: 'replay' });
  });

  it('without a model is a proxy by the stored corrections, and says so', async () => {
    const manager = await openSample();
    await manager.importCorrections();
    const same = await manager.comparePrompts({ a: '# A\n\n- Be brief.\n', b: '# A\n\n- Be brief.\n' });
    expect(same).toMatchObject({ winner: null, tier: 'static', effect: 0 });
    expect(same.pairs).toBeGreaterThan(0);
    expect(same.reasons.join(' ')).toContain('Not held out');
  });

  it('refuses scenarios that nobody would answer, and those that cannot be read', async () => {
    const manager = await openSample();
    await expect(manager.comparePrompts({ a: 'a', b: 'b', scenarios })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      subject: 'comparePrompts.scenarios',
    });
    const broken = [{ id: 'x', task: 'x', checks: [{ type: 'contains' }] }] as unknown as SuiteScenario[];
    await expect(
      manager.comparePrompts({ a: 'a', b: 'b', model: obedient, scenarios: broken }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('runQuickValidation', () => {
  it('holds a text against the deployed prompt of the agent', async () => {
    const manager = await openSample();
    await manager.importCorrections();
    const report = await manager.runQuickValidation({
      agentType: 'main',
      prompt: '# Rules\n\n- Be brief.\n',
    });
    expect(report).toMatchObject({ tier: 'static', improvementId: null });
    expect(['ship', 'reject', 'inconclusive']).toContain(report.verdict);
    expect(report.abTest.pairs).toBeGreaterThan(0);
    await expect(manager.runQuickValidation({ agentType: 'nobody', prompt: 'x' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      subject: 'nobody',
    });
  });
});

describe('monitorPipelineHealth', () => {
  it('proves each component, and keeps the finding', async () => {
    const manager = await openSample();
    await manager.runFullPipeline();
    const health = await manager.monitorPipelineHealth();
    const names = health.components.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(5);
    expect(health.components.find(({ name }) => name === 'Store')).toMatchObject({ status: 'healthy' });
    const one = await manager.monitorPipelineHealth({ checks: [names[0] ?? ''] });
    expect(one.components.map(({ name }) => name)).toEqual([names[0]]);
    await expect(manager.monitorPipelineHealth({ checks: ['nothing'] })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  }, 60_000);

  it('tells of a record that cannot be read', async () => {
    const manager = await openSample();
    await manager.adoptPrompts();
    writeFileSync(
      join(manager.folder, '.claude-pm/template_management/templates/broken.json'),
      '{"templateId":',
    );
    const { status, alerts } = await manager.monitorPipelineHealth();
    expect(status).not.toBe('healthy');
    expect(alerts.map(({ message }) => message).join('\n')).toContain('broken.json');
  });
});
