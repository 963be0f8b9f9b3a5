import { countedCorrections } from '../capture/countedCorrections';
import { PipelineError, throwIfAborted } from '../errors';
import type { EvidenceTier, Verdict } from '../model/common';
import type { Configuration } from '../model/configuration';
import type { Improvement } from '../model/improvement';
import type { Template } from '../model/template';
import type { ValidationReport } from '../model/validation';
import type { Ports } from '../ports';
import { applyHunks } from '../review/applyHunks';
import { requireFor } from '../roles/access';
import type { SuiteScenario } from '../scenarios/scenarioSuite';
import type { PromptTemplateManager } from '../templates/promptTemplateManager';
import { membership } from './cases';
import { comparePrompts } from './comparePrompts';
import type { ReplayComparison } from './replay/compareByModel';
import { replayRecords } from './replay/replayReport';
import { validateImprovement } from './validateImprovement';
import { validateText } from './validateText';
import { fingerprint, storeReport } from './validationRecords';

export interface PromptComparison {
  readonly winner: 'a' | 'b' | null;
  readonly verdict: Verdict;
  readonly tier: EvidenceTier;
  readonly confidenceLevel: number;
  readonly pValue: number;
  /** Pass rate of b minus pass rate of a. */
  readonly effect: number;
  readonly interval: readonly [number, number] | null;
  readonly pairs: number;
  readonly requiredPairs: number | null;
  readonly reasons: readonly string[];
}

/** Two texts that a model compares, and what they are of. */
export interface ComparedTexts {
  readonly about: { readonly improvement?: Improvement; readonly agentType: string };
  readonly old: string;
  readonly proposed: string;
}

/** The `static` tier: no model runs; held-out corrections are checked against the old and the new text. A proxy. */
export class PromptValidator {
  constructor(
    readonly ports: Pick<Ports, 'store' | 'audit' | 'clock' | 'random' | 'hash' | 'log' | 'access'>,
    readonly configuration: Configuration,
    readonly templates: Pick<PromptTemplateManager, 'versionText' | 'forAgent'>,
  ) {}

  /**
   * Scores an improvement's pending and accepted hunks, stores scenarios, results, A/B test and report, and links the report.
   * @throws PipelineError NOT_FOUND, MERGE_CONFLICT (the hunks do not fit their base), CANCELLED, TIMED_OUT
   */
  async validate(improvementId: string, signal?: AbortSignal): Promise<ValidationReport> {
    throwIfAborted(signal, improvementId);
    const improvement = await this.improvement(improvementId);
    await requireFor(this.ports, 'improvements.validate', improvement.templateId);
    const { text } = await this.templates.versionText(improvement.templateId, improvement.baseVersion);
    const { corrections, patterns } = await this.history();
    const known = new Set(patterns.map(({ patternId }) => patternId));
    for (const patternId of improvement.hunks.flatMap((hunk) => hunk.patternIds)) {
      if (!known.has(patternId))
        this.ports.log.warn(`Pattern ${patternId} of ${improvementId} is no longer stored.`);
    }
    throwIfAborted(signal, improvementId);
    const { report, cases, outcomes } = validateImprovement(
      {
        improvement,
        base: text,
        corrections,
        patterns,
        configuration: this.configuration,
        createdAt: this.ports.clock.now().toISOString(),
      },
      this.ports.hash,
    );
    throwIfAborted(signal, improvementId);
    await this.ports.store.exclusive(async () => {
      await storeReport(this.ports, report, cases, outcomes);
      await this.link(improvement, report);
    });
    await this.record(report, improvementId);
    return report;
  }

  /**
   * Quick validation of one prompt text against the agent's deployed prompt, on all its stored corrections.
   * @throws PipelineError NOT_FOUND when no template holds the agent's prompt
   */
  async validatePrompt(text: string, agentType: string, signal?: AbortSignal): Promise<ValidationReport> {
    throwIfAborted(signal, agentType);
    const template = await this.requireTemplate(agentType);
    await this.ports.access?.require('improvements.validate', template);
    const version = template.deployedVersion ?? template.currentVersion;
    const deployed = await this.templates.versionText(template.templateId, version);
    const { report, cases, outcomes } = validateText(
      {
        text,
        deployed: deployed.text,
        agentType: template.agentType,
        ...(await this.history()),
        configuration: this.configuration,
        createdAt: this.ports.clock.now().toISOString(),
      },
      this.ports.hash,
    );
    throwIfAborted(signal, agentType);
    await this.ports.store.exclusive(() => storeReport(this.ports, report, cases, outcomes));
    await this.record(report, template.templateId);
    return report;
  }

  /**
   * What a model is to compare for an improvement: its base, and the same with its pending and accepted hunks.
   * @throws PipelineError NOT_FOUND, MERGE_CONFLICT
   */
  async improvementTexts(improvementId: string): Promise<ComparedTexts> {
    const improvement = await this.improvement(improvementId);
    const { agentType, templateId, baseVersion } = improvement;
    const { text } = await this.templates.versionText(templateId, baseVersion);
    const hunks = improvement.hunks.filter(({ decision }) => decision !== 'rejected');
    return { about: { improvement, agentType }, old: text, proposed: applyHunks(text, hunks) };
  }

  /** The same for a prompt text beside what is deployed. @throws PipelineError NOT_FOUND */
  async promptTexts(text: string, agentType: string): Promise<ComparedTexts> {
    const template = await this.requireTemplate(agentType);
    const version = template.deployedVersion ?? template.currentVersion;
    const deployed = await this.templates.versionText(template.templateId, version);
    return { about: { agentType: template.agentType }, old: deployed.text, proposed: text };
  }

  /**
   * Keeps what a model's answers said, and links the report where it is about an improvement.
   * @throws PipelineError NOT_FOUND, STORAGE_FAILED
   */
  async keepReplay(
    { about: { improvement, agentType }, old, proposed }: ComparedTexts,
    comparison: ReplayComparison,
    scenarios: readonly SuiteScenario[],
  ): Promise<ValidationReport> {
    const { store, hash, clock, access } = this.ports;
    if (improvement === undefined) await access?.require('improvements.validate');
    else await requireFor(this.ports, 'improvements.validate', improvement.templateId);
    const subject = improvement === undefined ? [agentType, old, proposed] : fingerprint(improvement);
    const improvementId = improvement?.improvementId ?? null;
    const createdAt = clock.now().toISOString();
    const records = replayRecords(
      comparison,
      { subject, improvementId, agentType, scenarios, createdAt },
      hash,
    );
    const { report } = records;
    await store.exclusive(async () => {
      for (const scenario of records.scenarios) await store.put('scenarios', scenario);
      await store.put('validationResults', records.result);
      await store.put('abTests', report.abTest);
      await store.put('validationReports', report);
      if (improvement !== undefined) await this.link(improvement, report);
    });
    await this.record(report, improvementId ?? agentType);
    return report;
  }

  /** A/B of two texts on the stored corrections of an agent, in any case (all agents when left out). Stores nothing. */
  async compare(a: string, b: string, agentType: string | undefined): Promise<PromptComparison> {
    const { corrections, patterns } = await this.history();
    const wanted = agentType?.toLowerCase();
    const own = corrections.filter((one) => wanted === undefined || one.agentType.toLowerCase() === wanted);
    return comparePrompts(a, b, own, this.configuration, membership(patterns));
  }

  private async improvement(improvementId: string): Promise<Improvement> {
    const improvement = await this.ports.store.get('improvements', improvementId);
    if (improvement) return improvement;
    throw new PipelineError('NOT_FOUND', `There is no improvement ${improvementId}.`, {
      subject: improvementId,
      remedy: 'List the improvements and use one of their ids.',
    });
  }

  private async requireTemplate(agentType: string): Promise<Template> {
    const template = await this.templates.forAgent(agentType);
    if (template) return template;
    throw new PipelineError('NOT_FOUND', `No prompt of agent ${agentType} is known.`, {
      subject: agentType,
      remedy: 'Initialize the workspace, so that its prompt files are adopted, or check the agent name.',
    });
  }

  private async history() {
    const corrections = await countedCorrections(this.ports.store);
    const patterns = await this.ports.store.list('patterns');
    for (const { path, line, reason } of [...corrections.skipped, ...patterns.skipped]) {
      this.ports.log.warn(`Left out of the validation: ${path}:${line}: ${reason}`);
    }
    return { corrections: corrections.records, patterns: patterns.records };
  }

  /** The improvement as it stands now: a decision that fell meanwhile is kept, and a report on other hunks is not linked. */
  private async link(validated: Improvement, report: ValidationReport): Promise<void> {
    const current = await this.improvement(validated.improvementId);
    if (fingerprint(current).join('\n') !== fingerprint(validated).join('\n')) {
      this.ports.log.warn(`${validated.improvementId} changed while it was validated; validate it again.`);
      return;
    }
    const { reportId, verdict, tier } = report;
    await this.ports.store.put('improvements', { ...current, validation: { reportId, verdict, tier } });
  }

  private async record(report: ValidationReport, subject: string): Promise<void> {
    const { reportId, verdict, tier, abTest } = report;
    const action = report.improvementId === null ? 'prompt.validated' : 'improvement.validated';
    const { pairs, mcnemarExact } = abTest;
    const detail = { reportId, verdict, tier, pairs, mcnemarExact };
    await this.ports.audit.record(action, subject, detail, { after: report });
  }
}
