import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Improvement } from '../../../src/core/model/improvement';
import type { ValidationReport } from '../../../src/core/model/validation';
import { mayDeployByItself } from '../../../src/core/pipeline/autoDeployment';
import type { Workspace } from '../../../src/node/openWorkspace';
import { copySample, openFixed } from '../support/sampleWorkspace';

const limits = { improvementConfidenceThreshold: 0.5, effectivenessThreshold: 0.7 };

/** A run on the sample; then the first proposal gets a report as a model's answers would give it. */
async function withEvidence(
  folder: string,
  changes: Partial<Pick<ValidationReport, 'tier' | 'verdict' | 'effectiveness'>>,
  overrides: Record<string, unknown>,
): Promise<{ workspace: Workspace; improvement: Improvement; report: ValidationReport }> {
  const workspace = await openFixed(folder, {
    overrides: { improvementConfidenceThreshold: 0.5, ...overrides },
  });
  const { improvements } = await workspace.pipeline.run({ trigger: 'test' });
  const proposed = improvements.find(({ status }) => status === 'proposed');
  const { store } = workspace.ports;
  const stored = await store.get('validationReports', proposed?.validation?.reportId ?? '');
  if (!proposed || !stored) throw new Error('the sample gives no validated proposal');
  const report: ValidationReport = {
    ...stored,
    reportId: 'report-evidence',
    tier: 'replay',
    verdict: 'ship',
    effectiveness: { value: 0.9, interval: [0.7, 0.97], scenarios: 20 },
    ...changes,
  };
  const { reportId, tier, verdict } = report;
  const improvement: Improvement = { ...proposed, validation: { reportId, tier, verdict } };
  await store.put('validationReports', report);
  await store.put('improvements', improvement);
  return { workspace, improvement, report };
}

describe('an automatic deployment', () => {
  it('needs every one of its conditions, and says each that is missing', async () => {
    const { improvement, report } = await withEvidence(copySample(), {}, {});
    const decide = (one: Partial<Improvement>, other: Partial<ValidationReport> = {}, more = limits) =>
      mayDeployByItself({ ...improvement, ...one }, { ...report, ...other }, more);
    expect(decide({})).toMatchObject({ deployed: true, inputs: { tier: 'replay', effectiveness: 0.9 } });
    expect(decide({}, { tier: 'observed' }).deployed).toBe(true);
    const against: readonly (readonly [ReturnType<typeof decide>, string])[] = [
      [decide({}, { tier: 'static' }), 'static tier'],
      [decide({}, { verdict: 'inconclusive' }), 'inconclusive, not ship'],
      [decide({}, { verdict: 'reject' }), 'reject, not ship'],
      [decide({ status: 'draft' }), 'draft, not proposed'],
      [decide({ status: 'partly-accepted' }), 'partly-accepted, not proposed'],
      [decide({}, {}, { ...limits, improvementConfidenceThreshold: 0.99 }), 'confidence'],
      [decide({}, {}, { ...limits, effectivenessThreshold: 0.95 }), 'effectiveness 0.90 is below 0.95'],
      [decide({}, { effectiveness: null }), 'not known'],
      [
        decide({ hunks: improvement.hunks.map((hunk) => ({ ...hunk, decision: 'rejected' as const })) }),
        'a person',
      ],
      [decide({ hunks: [] }), 'no change'],
      [mayDeployByItself(improvement, undefined, limits), 'not validated'],
    ];
    for (const [decision, reason] of against) {
      expect(decision.deployed, reason).toBe(false);
      expect(decision.because).toContain(reason);
    }
  }, 60_000);

  it('writes the prompt, and keeps what it was decided by in the result and in the audit log', async () => {
    const folder = copySample();
    const { workspace, improvement } = await withEvidence(folder, {}, { autoDeploymentEnabled: true });
    const { path } = await workspace.templates.get(improvement.templateId);
    const before = readFileSync(join(folder, path), 'utf8');
    const { result, execution } = await workspace.pipeline.run({ trigger: 'test', skipCapture: true });
    expect(execution.status).toBe('completed');
    expect(readFileSync(join(folder, path), 'utf8')).not.toBe(before);
    const decisions = result.deploymentSummary.decisions ?? [];
    expect(decisions.find(({ improvementId }) => improvementId === improvement.improvementId)).toMatchObject({
      deployed: true,
      inputs: { tier: 'replay', verdict: 'ship', reportId: 'report-evidence' },
    });
    expect(result.deploymentSummary.deployed).toBe(1);
    const { records } = await workspace.ports.store.readLog('audit');
    const entry = records.findLast(
      ({ action, subject }) =>
        action === 'pipeline.deployment-decided' && subject === improvement.improvementId,
    );
    expect(entry?.detail).toMatchObject({ deployed: true, inputs: { tier: 'replay', effectiveness: 0.9 } });
    expect(records.some(({ action }) => action === 'template.deployed')).toBe(true);
  }, 60_000);

  it('is off by default, and never rests on the static tier', async () => {
    const folder = copySample();
    const { workspace, improvement } = await withEvidence(folder, {}, {});
    const { path } = await workspace.templates.get(improvement.templateId);
    const before = readFileSync(join(folder, path), 'utf8');
    const { result } = await workspace.pipeline.run({ trigger: 'test', skipCapture: true });
    expect(result.deploymentSummary).toMatchObject({ deployed: 0 });
    expect(readFileSync(join(folder, path), 'utf8')).toBe(before);

    const other = copySample();
    const second = await withEvidence(other, { tier: 'static' }, { autoDeploymentEnabled: true });
    const run = await second.workspace.pipeline.run({ trigger: 'test', skipCapture: true });
    expect(run.result.deploymentSummary.deployed).toBe(0);
    for (const { because } of run.result.deploymentSummary.decisions ?? [])
      expect(because).toContain('static tier');
    expect(readFileSync(join(other, path), 'utf8')).toBe(before);
  }, 60_000);

  it('leaves a file alone that was edited meanwhile, and says so', async () => {
    const folder = copySample();
    const { workspace, improvement } = await withEvidence(folder, {}, { autoDeploymentEnabled: true });
    const { path, templateId } = await workspace.templates.get(improvement.templateId);
    workspace.templates.rollOut = async () => {
      const { PipelineError } = await import('../../../src/core/errors');
      throw new PipelineError('TARGET_CHANGED', `${path} was changed.`, { subject: path, remedy: 'Look.' });
    };
    const { result, execution } = await workspace.pipeline.run({ trigger: 'test', skipCapture: true });
    expect(execution.status).toBe('completed');
    expect(result.deploymentSummary.deployed).toBe(0);
    expect(result.deploymentSummary.decisions?.[0]?.because).toContain('TARGET_CHANGED');
    expect((await workspace.templates.get(templateId)).deployedVersion).toBe(improvement.baseVersion);
  }, 60_000);
});
