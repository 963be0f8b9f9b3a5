import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PipelineError } from '../../../src/core/errors';
import { collections, logs } from '../../../src/core/model/collections';
import type { PipelineComponents } from '../../../src/core/pipeline/pipelineComponents';
import { PromptImprovementPipeline } from '../../../src/core/pipeline/promptImprovementPipeline';
import type { Workspace } from '../../../src/node/openWorkspace';
import { copySample, openFixed, temporaryFolder } from '../support/sampleWorkspace';

/** Every file below a folder with its bytes, the cache left out. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.includes('.cache'))
      .sort()
      .map((path) => [relative(folder, path), readFileSync(path, 'base64')]),
  );
}

/** The workspace's pipeline with some components replaced. */
function pipelineWith(
  workspace: Workspace,
  replaced: Partial<PipelineComponents>,
): PromptImprovementPipeline {
  const { capture, analyzer, improver, validator, templates, review, observer, support, health } = workspace;
  return new PromptImprovementPipeline(workspace.ports, workspace.configuration, {
    capture,
    analyzer,
    improver,
    validator,
    templates,
    observer,
    review,
    support,
    health: () => health(),
    ...replaced,
  });
}

describe('a whole run on the sample project', () => {
  it('finds corrections, patterns and improvements, and records what it did', async () => {
    const workspace = await openFixed(copySample());
    const outcome = await workspace.pipeline.run({ trigger: 'test' });
    expect(outcome.execution.status).toBe('completed');
    expect(outcome.result.corrections).toBeGreaterThan(50);
    expect(outcome.result.patterns).toBeGreaterThan(0);
    expect(outcome.improvements.length).toBeGreaterThan(0);
    expect(await workspace.ports.store.get('executions', outcome.execution.executionId)).toEqual(
      outcome.execution,
    );
    expect(outcome.execution.stages.map(({ stage }) => stage)).toEqual(
      expect.arrayContaining(['capture', 'analyze', 'improve', 'validate', 'deploy', 'observe']),
    );
  });

  it('never counts a validation that rests on too little data as a pass', async () => {
    const workspace = await openFixed(copySample());
    const { reports } = await workspace.pipeline.run({ trigger: 'test' });
    expect(reports.length).toBeGreaterThan(0);
    for (const report of reports) {
      expect(report.tier).toBe('static');
      if (report.abTest.pairs < workspace.configuration.validationSampleSize)
        expect(report.verdict).not.toBe('ship');
    }
  });

  it('gives the same bytes for the same input, clock and seed', async () => {
    const folders = [copySample(), copySample()] as const;
    for (const folder of folders) await (await openFixed(folder)).pipeline.run({ trigger: 'test' });
    const [first, second] = folders.map((folder) => contents(join(folder, '.claude-pm')));
    expect(first).toEqual(second);
    expect(Object.keys(first ?? {}).length).toBeGreaterThan(20);
  });

  it('proposes nothing twice when it runs again', async () => {
    const workspace = await openFixed(copySample());
    const first = await workspace.pipeline.run({ trigger: 'test' });
    const again = await workspace.pipeline.run({ trigger: 'test' });
    expect(again.capture?.corrections.new).toBe(0);
    expect(again.improvements.map(({ improvementId }) => improvementId)).toEqual(
      first.improvements.map(({ improvementId }) => improvementId),
    );
  });

  it('leaves no folder of the layout empty after review, deployment and rollback', async () => {
    const folder = copySample();
    const workspace = await openFixed(folder);
    const { improvements } = await workspace.pipeline.run({ trigger: 'test' });
    const [first, ...others] = improvements[0]?.hunks ?? [];
    const improvementId = improvements[0]?.improvementId ?? '';
    if (!first) throw new Error('the sample gives no hunk');
    await workspace.review.accept(improvementId, { hunkIds: [first.hunkId] });
    if (others.length > 0) await workspace.review.finish(improvementId);
    const templateId = improvements[0]?.templateId ?? '';
    await workspace.templates.deploy(templateId, {});
    await workspace.templates.rollback(templateId, { reason: 'the test is over' });
    await workspace.pipeline.run({ trigger: 'test' });
    const folders = [...Object.values(collections), ...Object.values(logs)].map((place) => place.folder);
    const files = Object.keys(contents(join(folder, '.claude-pm')));
    const open = await workspace.review.pending();
    const empty = folders
      .filter((place) => !files.some((file) => file.startsWith(place)))
      // The working copy of a review goes when no review is open.
      .filter((place) => open.length > 0 || place !== collections.reviewDrafts.folder)
      // Changes under way, and what is wished of a run that goes on: both go with their end.
      .filter(
        (place) => place !== collections.pendingChanges.folder && place !== collections.runControls.folder,
      )
      // Nothing was forgotten, and no agent's hook is installed.
      .filter((place) => place !== logs.forgotten.folder && place !== logs.hookEvents.folder)
      // No experiment was begun, so that none gave anything to a session.
      .filter((place) => place !== collections.experiments.folder && place !== logs.exposures.folder)
      // Nothing raised an alert.
      .filter((place) => place !== collections.alerts.folder);
    expect(empty).toEqual([]);
  });
});

describe('when something fails', () => {
  it('goes on with the other agents and says which one failed', async () => {
    const workspace = await openFixed(copySample());
    const improver = Object.assign(Object.create(workspace.improver), {
      improve: async (options: { agentTypes?: readonly string[] }) => {
        if (options.agentTypes?.[0] !== 'cleaner') return workspace.improver.improve(options);
        throw new PipelineError('STORAGE_FAILED', 'The disk is full.', {
          subject: 'cleaner',
          remedy: 'Free some space.',
        });
      },
    });
    const { execution, improvements } = await pipelineWith(workspace, { improver }).run({ trigger: 'test' });
    expect(execution.status).toBe('partial');
    const failed = execution.stages.filter(({ status }) => status === 'failed');
    expect(failed.map(({ stage, agentType, error }) => [stage, agentType, error?.code])).toEqual([
      ['improve', 'cleaner', 'STORAGE_FAILED'],
    ]);
    expect(improvements.some(({ agentType }) => agentType === 'main')).toBe(true);
  });

  it('stops when it is cancelled, and keeps a record of it', async () => {
    const workspace = await openFixed(copySample());
    const abort = new AbortController();
    const { execution } = await workspace.pipeline.run({
      trigger: 'test',
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    expect(execution.status).toBe('cancelled');
    const stored = await workspace.ports.store.get('executions', execution.executionId);
    expect(stored?.status).toBe('cancelled');
    expect(stored?.endedAt).not.toBeNull();
  });

  it('stops at its time limit and says so', async () => {
    const workspace = await openFixed(copySample());
    const signal = AbortSignal.abort(
      new PipelineError('TIMED_OUT', 'Too long.', { subject: 'pipelineTimeout', remedy: 'Raise it.' }),
    );
    const nothing = () => undefined;
    const timeLimit = () => ({ signal, hold: nothing, goOn: nothing, end: nothing });
    const support = { ...workspace.support, timeLimit };
    const { execution, result } = await pipelineWith(workspace, { support }).run({ trigger: 'test' });
    expect(execution.status).toBe('timed-out');
    expect(result.failures).toMatchObject([{ stage: 'capture', agentType: null, code: 'TIMED_OUT' }]);
  });

  it('completes on an empty project, with nothing found', async () => {
    const workspace = await openFixed(temporaryFolder(), {
      overrides: { sources: { 'claude-code': { enabled: false } } },
    });
    const { execution, result, improvements } = await workspace.pipeline.run({ trigger: 'test' });
    expect(execution.status).toBe('completed');
    expect(result).toMatchObject({ corrections: 0, patterns: 0 });
    expect(improvements).toEqual([]);
  });

  it('reads past a cut record and reports it in the health check', async () => {
    const folder = copySample();
    const workspace = await openFixed(folder);
    await workspace.pipeline.run({ trigger: 'test' });
    const cut = join(folder, '.claude-pm', collections.executions.folder, 'e_cut.json');
    writeFileSync(cut, '{"schemaVersion": 1, "executionId": "e_c');
    const health = await workspace.health();
    expect(health.status).toBe('degraded');
    expect(health.alerts.some(({ message }) => message.includes('e_cut.json:1'))).toBe(true);
    expect(readFileSync(cut, 'utf8')).toBe('{"schemaVersion": 1, "executionId": "e_c');
  });
});
