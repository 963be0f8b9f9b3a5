import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isPipelineError, openPromptManager, PipelineError } from '../../../src/api/index';
import type { ConfigurationInput } from '../../../src/node/configurationOverrides';
import { temporaryFolder } from '../support/sampleWorkspace';
import { openSample } from './openSample';

/** What a caller in JavaScript may give. */
const wrong = <T>(value: unknown): T => value as T;

describe('a wrong input', () => {
  it('is refused by name, and says what is taken', async () => {
    const manager = await openSample();
    const cases: readonly [() => Promise<unknown>, string][] = [
      [() => manager.runFullPipeline(wrong({ agentType: 'qa' })), 'agentType'],
      [() => manager.runFullPipeline({ agentTypes: [] }), 'agentTypes'],
      [() => manager.runFullPipeline(wrong({ agentTypes: 'qa' })), 'agentTypes'],
      [() => manager.runFullPipeline(wrong({ signal: {} })), 'signal'],
      [() => manager.runTargetedImprovement(wrong({ specificPatterns: ['p'] })), 'agentType'],
      [
        () => manager.createTemplate(wrong({ templateId: 'x', content: 'x', agentType: 'main' })),
        'templateType',
      ],
      [() => manager.deployTemplate(wrong({ targetAgents: ['main'] })), 'templateId'],
      [() => manager.rollbackTemplate({ templateId: 'x', reason: '' }), 'reason'],
      [() => manager.comparePrompts(wrong({ a: 'a' })), 'b'],
      [() => manager.comparePrompts({ a: 'a', b: 'b', repeats: 0 }), 'repeats'],
      [() => manager.runQuickValidation(wrong({ agentType: 'main' })), 'prompt'],
      [() => manager.analyzePatterns({ days: -1 }), 'days'],
      [() => manager.runFullPipeline(wrong(null)), 'the whole'],
    ];
    for (const [call, key] of cases) {
      await expect(call()).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringContaining(key),
        remedy: expect.stringContaining('nothing was done'),
      });
    }
  });

  it('of the store is a PipelineError that callers can tell apart', async () => {
    const manager = await openSample();
    const error = await manager.templateHistory({ templateId: 'none' }).catch((found: unknown) => found);
    expect(error).toBeInstanceOf(PipelineError);
    expect(isPipelineError(error) && [error.code, error.subject]).toEqual(['NOT_FOUND', 'none']);
  });
});

describe('config', () => {
  const cases: readonly [unknown, string][] = [
    [{ pipelineTimeout: 0 }, 'config.pipelineTimeout'],
    [{ patternDetectionThreshold: 1.5 }, 'config.patternDetectionThreshold'],
    [{ agentTypes: 'qa' }, 'config.agentTypes'],
    [{ versionRetention: { keep: 0 } }, 'config.versionRetention'],
    [{ correctionAnalysisDay: 3 }, 'config.correctionAnalysisDay'],
    [{ roles: { default: 'deployer', people: [] } }, 'config.roles'],
  ];
  it.each(cases)('%j is refused, naming the key', async (config, subject) => {
    const manager = await openSample();
    await expect(
      manager.runFullPipeline({ config: wrong<ConfigurationInput>(config) }),
    ).rejects.toMatchObject({ code: 'INVALID_CONFIGURATION', subject });
    await expect(openSample({ config: wrong<ConfigurationInput>(config) })).rejects.toMatchObject({
      code: 'INVALID_CONFIGURATION',
      subject,
    });
  });

  it('takes precedence over the file, key by key', async () => {
    const manager = await openSample({ config: { patternDetectionThreshold: 1 } });
    expect((await manager.runFullPipeline()).patterns).toBe(0);
    // The file's 365 days still hold: the sample has no correction in the last day of its history but some before.
    const { records } = await manager.listCorrections({ days: 1 });
    const day = await manager.analyzePatterns();
    expect(day.corrections).toBeGreaterThan(records.length);
  }, 60_000);
});

describe('opening', () => {
  it('refuses a folder that is not there, and a closed manager refuses to work', async () => {
    await expect(openPromptManager({ folder: join(temporaryFolder(), 'nowhere') })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const manager = await openSample();
    await manager.close();
    await manager.close();
    await expect(manager.listTemplates()).rejects.toMatchObject({ code: 'ILLEGAL_STATE' });
  });

  it('works in a folder that holds nothing yet', async () => {
    const manager = await openSample({ folder: temporaryFolder() });
    expect(await manager.runFullPipeline()).toMatchObject({
      status: 'completed',
      improvementSummary: { totalImprovements: 0 },
    });
  });
});
