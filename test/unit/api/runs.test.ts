import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AskedRun, PipelineResult } from '../../../src/api/results';
import type { LanguageModel, ModelRequest } from '../../../src/core/ports';
import type { Progress } from '../../../src/core/progress';
import { openSample } from './openSample';

const refusing: LanguageModel = {
  id: 'own:refusing',
  place: 'this test',
  complete: async () => {
    throw new Error('never asked');
  },
};

describe('runFullPipeline', () => {
  it('goes from real transcripts to validated improvements, and tells how far it is', async () => {
    const manager = await openSample();
    const steps: Progress[] = [];
    const result = await manager.runFullPipeline({ onProgress: (step) => steps.push(step) });
    const { improvementSummary, improvements } = result;
    expect(result).toMatchObject({ status: 'completed', failures: [] });
    expect(result.corrections).toBeGreaterThan(50);
    expect(result.patterns).toBeGreaterThan(0);
    expect(improvementSummary.totalImprovements).toBeGreaterThan(0);
    expect(improvementSummary.totalImprovements).toBe(improvements.length);
    expect(improvementSummary.improvementsValidated).toBe(improvements.length);
    expect(new Set(steps.map(({ stage }) => stage)).size).toBeGreaterThan(2);
    expect(improvements.flatMap(({ hunks }) => hunks).length).toBeGreaterThan(0);
    const kept = join(
      manager.folder,
      '.claude-pm/improvement_pipeline/executions',
      `${result.executionId}.json`,
    );
    expect(JSON.parse(readFileSync(kept, 'utf8'))).toMatchObject({ trigger: 'library', status: 'completed' });
  }, 60_000);

  it('serves only the agents that were named, in any case', async () => {
    const manager = await openSample();
    const result = await manager.runFullPipeline({ agentTypes: ['MAIN'] });
    expect(result.stages.flatMap(({ agentType }) => agentType ?? [])).toEqual(
      expect.arrayContaining(['main']),
    );
    expect(new Set(result.improvements.map(({ agentType }) => agentType))).toEqual(new Set(['main']));
  }, 60_000);

  it('gives what failed as a result with its reasons, not as an exception', async () => {
    const manager = await openSample();
    const result = await manager.runFullPipeline({ agentTypes: ['nobody'], skipCapture: true });
    expect(result.status).toBe('failed');
    expect(result.failures).toMatchObject([
      { stage: 'analyze', code: 'NOT_FOUND', message: expect.stringContaining('nobody') },
    ]);
    expect(result.improvementSummary).toMatchObject({ totalImprovements: 0, improvementsValidated: 0 });
  });

  it('is cancelled by its signal, and says so', async () => {
    const manager = await openSample();
    const result = await manager.runFullPipeline({ signal: AbortSignal.abort() });
    expect(result.status).toBe('cancelled');
    expect(result.failures).toMatchObject([{ code: 'CANCELLED' }]);
  });

  it('takes a configuration for one run alone', async () => {
    const manager = await openSample();
    const none = await manager.runFullPipeline({ config: { patternDetectionThreshold: 1 } });
    expect(none.patterns).toBe(0);
    const usual = await manager.runFullPipeline({ skipCapture: true });
    expect(usual.patterns).toBeGreaterThan(0);
  }, 60_000);

  it('lets a model of the caller word the rules', async () => {
    const manager = await openSample();
    const asked: ModelRequest[] = [];
    const model: LanguageModel = {
      ...refusing,
      complete: async (request) => {
        asked.push(request);
        return { text: '{}', usage: { inputTokens: 1, outputTokens: 1, measured: true } };
      },
    };
    const result = await manager.runFullPipeline({ agentTypes: ['main'], model });
    expect(asked.length).toBeGreaterThan(0);
    expect(result.status).toBe('completed');
  }, 60_000);
});

describe('runTargetedImprovement', () => {
  it('proposes for the named patterns of the agent alone', async () => {
    const manager = await openSample();
    await manager.runFullPipeline();
    const { patterns } = await manager.analyzePatterns({ agentTypes: ['main'] });
    const pattern = patterns[0];
    if (pattern === undefined) throw new Error('the sample has no pattern');
    const result = await manager.runTargetedImprovement({
      agentType: 'main',
      specificPatterns: [pattern.patternId],
      skipCapture: true,
    });
    expect(result.status).toBe('completed');
    const named = result.improvements.flatMap(({ hunks }) => hunks.flatMap(({ patternIds }) => patternIds));
    expect(new Set(named)).toEqual(new Set([pattern.patternId]));
  }, 60_000);

  it('names a pattern that is not there', async () => {
    const manager = await openSample();
    const result = await manager.runTargetedImprovement({ agentType: 'main', specificPatterns: ['p_none'] });
    expect(result.status).toBe('failed');
    expect(result.failures).toMatchObject([
      { code: 'NOT_FOUND', message: expect.stringContaining('p_none') },
    ]);
  }, 60_000);
});

describe('a run that goes on', () => {
  it('is paused and goes on by the same manager, and another is refused meanwhile', async () => {
    const manager = await openSample();
    let begun: () => void = () => undefined;
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const run: Promise<PipelineResult> = manager.runFullPipeline({
      onProgress: ({ stage }) => {
        if (stage === 'capture') begun();
      },
    });
    await hasBegun;
    const { executionId } = await manager.pauseRun();
    await expect(manager.runFullPipeline()).rejects.toMatchObject({ code: 'LOCKED' });
    const kept = join(manager.folder, '.claude-pm/improvement_pipeline/executions', `${executionId}.json`);
    await expect
      .poll(() => JSON.parse(readFileSync(kept, 'utf8')).status, { timeout: 45_000 })
      .toBe('paused');
    expect(await manager.resumeRun()).toMatchObject({ executionId, asked: 'go-on' });
    expect(await run).toMatchObject({ executionId, status: 'completed' });
  }, 60_000);

  it('is cancelled, and what it gave up stands in its result', async () => {
    const manager = await openSample();
    let asked: Promise<AskedRun> | undefined;
    const result = await manager.runFullPipeline({
      onProgress: ({ stage }) => {
        if (stage === 'analyze') asked ??= manager.cancelRun();
      },
    });
    expect(await asked).toMatchObject({ asked: 'cancel', executionId: result.executionId });
    expect(result.status).toBe('cancelled');
  }, 60_000);

  it('is none: nothing can be paused, gone on with or cancelled', async () => {
    const manager = await openSample();
    for (const ask of [() => manager.pauseRun(), () => manager.resumeRun(), () => manager.cancelRun()]) {
      await expect(ask()).rejects.toMatchObject({ code: 'ILLEGAL_STATE' });
    }
  });
});
