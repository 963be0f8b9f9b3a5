import { beforeEach, describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../../../src/core/model/configuration';
import type { VersionText } from '../../../src/core/templates/promptTemplateManager';
import { PromptValidator } from '../../../src/core/validate/promptValidator';
import { hash, type MemoryPorts, memoryPorts } from '../support/memoryPorts';
import { base, correction, daily, hunk, improvement, pattern, rules } from './history';

const paths = daily('paths', 40);
const commits = daily('commits', 20);

function versionText(text: string): VersionText {
  return {
    version: {
      schemaVersion: 1,
      versionId: 'engineer@1.0.0',
      templateId: 'engineer',
      version: '1.0.0',
      parentVersion: null,
      contentHash: hash.sha256(text),
      origin: 'adopted',
      author: 'test',
      createdAt: '2026-01-01T00:00:00.000Z',
      status: 'active',
      changeSummary: '',
      strategy: null,
      hunkIds: [],
      patternIds: [],
    },
    bytes: new TextEncoder().encode(text),
    text,
  };
}

/** Holds one template, `engineer`, whose only version is the base. */
const templates = {
  versionText: async () => versionText(base),
  forAgent: async (agentType: string) =>
    agentType === 'engineer'
      ? {
          schemaVersion: 1 as const,
          templateId: 'engineer',
          templateType: 'agent_prompt' as const,
          agentType,
          path: '.claude/agents/engineer.md',
          createdAt: '2026-01-01T00:00:00.000Z',
          currentVersion: '1.0.0',
          deployedVersion: '1.0.0',
        }
      : undefined,
};

let ports: MemoryPorts;
let validator: PromptValidator;

beforeEach(async () => {
  ports = memoryPorts();
  validator = new PromptValidator(ports, defaultConfiguration, templates);
  await ports.store.append('corrections', [...paths, ...commits]);
  await ports.store.put('patterns', pattern('paths', paths));
  await ports.store.put('patterns', pattern('commits', commits));
  await ports.store.put('improvements', improvement([hunk('paths', rules.paths, paths)]));
});

describe('validating an improvement', () => {
  it('stores report, A/B test, outcomes and their scenarios, and links the report', async () => {
    const report = await validator.validate('improvement-1');
    expect(report.verdict).toBe('ship');
    expect(await ports.store.get('validationReports', report.reportId)).toEqual(report);
    expect(await ports.store.get('abTests', report.abTestId)).toEqual(report.abTest);
    const linked = await ports.store.get('improvements', 'improvement-1');
    expect(linked?.validation).toEqual({ reportId: report.reportId, verdict: 'ship', tier: 'static' });
    const [result] = (await ports.store.list('validationResults')).records;
    const scenarios = (await ports.store.list('scenarios')).records.map(({ scenarioId }) => scenarioId);
    expect(result?.reportId).toBe(report.reportId);
    expect(result?.outcomes.map(({ scenarioId }) => scenarioId).sort()).toEqual(scenarios);
    // The new rule is the seventh line of the new prompt.
    expect(new Set(result?.outcomes.map(({ coveredBy }) => coveredBy))).toContain(7);
    expect(ports.audit.entries.map(({ action, subject }) => [action, subject])).toEqual([
      ['improvement.validated', 'improvement-1'],
    ]);
  });

  it('replaces its records when nothing has changed', async () => {
    const first = await validator.validate('improvement-1');
    const before = ports.store.snapshot();
    expect(await validator.validate('improvement-1')).toEqual(first);
    expect(ports.store.snapshot()).toBe(before);
  });

  it('keeps a decision that fell while it was validating', async () => {
    const original = improvement([hunk('paths', rules.paths, paths)]);
    const accepted = {
      ...original,
      hunks: original.hunks.map((one) => ({ ...one, decision: 'accepted' as const })),
    };
    const slow = {
      ...templates,
      versionText: async () => {
        await ports.store.put('improvements', accepted);
        return versionText(base);
      },
    };
    await new PromptValidator(ports, defaultConfiguration, slow).validate('improvement-1');
    const stored = await ports.store.get('improvements', 'improvement-1');
    expect(stored?.hunks[0]?.decision).toBe('accepted');
    expect(stored?.validation?.verdict).toBe('ship');
  });

  it('does not vouch for hunks that were edited while it was validating', async () => {
    const edited = improvement([hunk('paths', rules.paths, paths, { editedAfter: `- ${rules.commits}\n` })]);
    const slow = {
      ...templates,
      versionText: async () => {
        await ports.store.put('improvements', edited);
        return versionText(base);
      },
    };
    await new PromptValidator(ports, defaultConfiguration, slow).validate('improvement-1');
    expect((await ports.store.get('improvements', 'improvement-1'))?.validation).toBeUndefined();
    expect(ports.log.lines.join('\n')).toContain('changed while it was validated');
  });

  it('leaves no report that refers to records which were never written', async () => {
    ports.store.fault = (operation, subject) => {
      if (operation === 'put' && subject.startsWith('abTests/')) throw new Error('disk full');
    };
    await expect(validator.validate('improvement-1')).rejects.toThrow('disk full');
    expect((await ports.store.list('validationReports')).records).toEqual([]);
    expect((await ports.store.get('improvements', 'improvement-1'))?.validation).toBeUndefined();
    expect(ports.audit.entries).toEqual([]);
  });

  it('stops when it is cancelled, and changes nothing', async () => {
    const before = ports.store.snapshot();
    const aborted = AbortSignal.abort();
    await expect(validator.validate('improvement-1', aborted)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(ports.store.snapshot()).toBe(before);
  });

  it('names an improvement that is not there', async () => {
    await expect(validator.validate('nothing')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      subject: 'nothing',
    });
  });
});

describe('quick validation of a prompt', () => {
  it('sets it against the deployed one and says that nothing was held out', async () => {
    await ports.store.append('corrections', [correction('tests', 3, { agentType: 'qa' })]);
    const text = `${base}- ${rules.paths}\n- ${rules.commits}\n`;
    const report = await validator.validatePrompt(text, 'engineer');
    expect(report).toMatchObject({ improvementId: null, agentType: 'engineer', verdict: 'ship' });
    expect(report.abTest.pairs).toBe(60);
    expect(report.placebo?.verdict).not.toBe('ship');
    expect(report.reasons.at(-1)).toMatch(/^Not held out/);
    expect(ports.audit.entries[0]?.action).toBe('prompt.validated');
  });

  it('is inconclusive about the prompt that is already there', async () => {
    const report = await validator.validatePrompt(base, 'engineer');
    expect(report.abTest.discordant).toEqual({ aOnly: 0, bOnly: 0 });
    expect(report.verdict).not.toBe('ship');
  });

  it('names an agent whose prompt is not known', async () => {
    await expect(validator.validatePrompt(base, 'nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('comparing two prompts', () => {
  const better = `${base}- ${rules.paths}\n- ${rules.commits}\n`;

  it('names the one that covers significantly more, whichever side it stands on', async () => {
    const forB = await validator.compare(base, better, 'Engineer');
    const forA = await validator.compare(better, base, undefined);
    expect(forB).toMatchObject({ winner: 'b', verdict: 'ship', tier: 'static', pairs: 60 });
    expect(forA).toMatchObject({ winner: 'a', verdict: 'reject', effect: -forB.effect });
    expect(forB.pValue).toBe(forA.pValue);
    expect(forB.confidenceLevel).toBeGreaterThan(0.99);
  });

  it('has no winner between a prompt and itself', async () => {
    const comparison = await validator.compare(better, better, 'engineer');
    expect(comparison).toMatchObject({ winner: null, effect: 0, pValue: 1, requiredPairs: null });
  });

  it('is inconclusive without any scenario', async () => {
    expect(await validator.compare(base, better, 'nobody')).toMatchObject({
      winner: null,
      verdict: 'inconclusive',
      pairs: 0,
      pValue: 1,
      confidenceLevel: 0.5,
      interval: null,
    });
  });
});
