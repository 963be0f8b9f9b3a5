import type { Analysis } from '../analysis/analyzeTable';
import type { PatternAnalyzer } from '../analysis/patternAnalyzer';
import type { CorrectionCapture, ImportSummary } from '../capture/correctionCapture';
import { PipelineError, throwIfAborted } from '../errors';
import type { PromptImprover } from '../improve/promptImprover';
import type { RuleWriter } from '../improve/write/writer';
import { sameAgent } from '../model/agentType';
import { schemaVersion } from '../model/common';
import type { Configuration } from '../model/configuration';
import type { Execution, ExecutionResult, Health, StageRecord } from '../model/execution';
import type { Improvement } from '../model/improvement';
import type { ValidationReport } from '../model/validation';
import type { Ports } from '../ports';
import type { Progress } from '../progress';
import type { PromptTemplateManager } from '../templates/promptTemplateManager';
import type { PromptValidator } from '../validate/promptValidator';
import { type ChooseWriters, prepareWriters } from './prepareWriters';
import { runStage, type StageRun } from './runStage';
import { executionStatus, summarize } from './summarize';

export interface RunOptions {
  readonly agentTypes?: readonly string[];
  readonly patternIds?: readonly string[];
  readonly trigger: Execution['trigger'];
  /** Leaves out the capture stage. */
  readonly skipCapture?: boolean;
  /** Without it, all rules are written offline. */
  readonly chooseWriters?: ChooseWriters;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface RunOutcome {
  readonly execution: Execution;
  readonly result: ExecutionResult;
  readonly capture: ImportSummary | undefined;
  readonly analysis: Analysis | undefined;
  readonly improvements: readonly Improvement[];
  readonly reports: readonly ValidationReport[];
}

export interface PipelineComponents {
  readonly capture: CorrectionCapture;
  readonly analyzer: PatternAnalyzer;
  readonly improver: PromptImprover;
  readonly validator: PromptValidator;
  readonly templates: PromptTemplateManager;
  readonly health: () => Promise<Health>;
  /** A signal that is raised with a `TIMED_OUT` error after so many seconds. */
  readonly timeLimit: (seconds: number) => AbortSignal;
}

/** Runs the stages in order, agent by agent where a stage serves one, and records what happened. */
export class PromptImprovementPipeline {
  constructor(
    private readonly ports: Pick<Ports, 'store' | 'audit' | 'clock' | 'random' | 'hash' | 'log'>,
    private readonly configuration: Configuration,
    private readonly components: PipelineComponents,
  ) {}

  /** Never throws for a failing stage: the outcome's execution tells. */
  async run(options: RunOptions): Promise<RunOutcome> {
    const { clock, log } = this.ports;
    const limit = this.components.timeLimit(this.configuration.pipelineTimeout);
    const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
    const stages: StageRecord[] = [];
    let execution = await this.start(options);

    const stage = async <T>(run: Promise<StageRun<T>>): Promise<T | undefined> => {
      const { record, value } = await run;
      stages.push(record);
      if (record.error) {
        const about = record.agentType === null ? '' : ` of ${record.agentType}`;
        log.error(
          `${record.stage}${about}: ${record.error.code}: ${record.error.message} (${record.error.subject})`,
        );
      }
      execution = { ...execution, stages: [...stages] };
      await this.ports.store.put('executions', execution);
      return value;
    };

    const capture = options.skipCapture
      ? undefined
      : await stage(this.capture(signal, options.onProgress, clock));
    const analysis = await stage(this.analyze(options, signal));
    const agents = analysis ? await this.agentsToServe(options) : [];
    const { chooseWriters } = options;
    const writers =
      chooseWriters && agents.length > 0
        ? await stage(
            prepareWriters(this.ports.clock, this.components.improver, chooseWriters, {
              ...options,
              agentTypes: agents,
              signal,
            }),
          )
        : undefined;
    const improvements: Improvement[] = [];
    const reports: ValidationReport[] = [];
    for (const [index, agentType] of agents.entries()) {
      options.onProgress?.({ stage: 'improve', message: agentType, done: index, total: agents.length });
      const proposed = await stage(this.improve(agentType, options, writers ?? [], signal));
      if (!proposed || proposed.length === 0) continue;
      improvements.push(...proposed);
      const validated = await stage(this.validate(agentType, proposed, signal));
      if (validated) reports.push(...validated);
    }
    stages.push(this.deploymentWaits(improvements.length));
    await stage(this.observe(options));

    execution = {
      ...execution,
      agents: [...agents],
      stages: [...stages],
      status: executionStatus(stages),
      endedAt: clock.now().toISOString(),
    };
    const corrections = analysis?.corrections ?? 0;
    const patterns = analysis?.patterns.length ?? 0;
    const current = await this.reread(improvements);
    const result = summarize(execution.executionId, {
      corrections,
      patterns,
      improvements: current,
      reports,
    });
    await this.ports.store.put('executions', execution);
    await this.ports.store.put('executionResults', result);
    await this.ports.audit.record('pipeline.finished', execution.executionId, { status: execution.status });
    return { execution, result, capture, analysis, improvements: current, reports };
  }

  private async start(options: RunOptions): Promise<Execution> {
    const startedAt = this.ports.clock.now().toISOString();
    const executionId = `e_${this.ports.hash.sha256(`${startedAt}|${this.ports.random.next()}`).slice(0, 16)}`;
    const execution: Execution = {
      schemaVersion,
      executionId,
      trigger: options.trigger,
      status: 'running',
      startedAt,
      endedAt: null,
      agents: [],
      stages: [],
    };
    await this.ports.store.put('executions', execution);
    await this.ports.audit.record('pipeline.started', executionId, { trigger: options.trigger });
    return execution;
  }

  private capture(
    signal: AbortSignal,
    onProgress: ((progress: Progress) => void) | undefined,
    clock: Ports['clock'],
  ): Promise<StageRun<ImportSummary>> {
    return runStage('capture', null, clock, async () => {
      const summary = await this.components.capture.import({ signal, ...(onProgress ? { onProgress } : {}) });
      const { sessions, corrections, skipped } = summary;
      return {
        value: summary,
        counts: { sessions, found: corrections.found, new: corrections.new, skipped: skipped.length },
      };
    });
  }

  private analyze(options: RunOptions, signal: AbortSignal): Promise<StageRun<Analysis>> {
    return runStage('analyze', null, this.ports.clock, async () => {
      throwIfAborted(signal, 'analyze');
      options.onProgress?.({ stage: 'analyze', message: 'Looking for what recurs' });
      await this.components.templates.adopt();
      await this.requireAgents(options.agentTypes ?? []);
      const analysis = await this.components.analyzer.analyze({
        signal,
        ...(options.agentTypes ? { agentTypes: options.agentTypes } : {}),
      });
      await this.requirePatterns(options.patternIds ?? []);
      const { corrections, patterns, clusters, anomalies } = analysis;
      return {
        value: analysis,
        counts: {
          corrections,
          patterns: patterns.length,
          clusters: clusters.length,
          anomalies: anomalies.length,
        },
      };
    });
  }

  private improve(
    agentType: string,
    options: RunOptions,
    writers: readonly RuleWriter[],
    signal: AbortSignal,
  ): Promise<StageRun<readonly Improvement[]>> {
    return runStage('improve', agentType, this.ports.clock, async () => {
      throwIfAborted(signal, agentType);
      const improvements = await this.components.improver.improve({
        agentTypes: [agentType],
        writers,
        signal,
        ...(options.patternIds ? { patternIds: options.patternIds } : {}),
      });
      const hunks = improvements.reduce((sum, improvement) => sum + improvement.hunks.length, 0);
      return { value: improvements, counts: { improvements: improvements.length, hunks } };
    });
  }

  private validate(
    agentType: string,
    improvements: readonly Improvement[],
    signal: AbortSignal,
  ): Promise<StageRun<readonly ValidationReport[]>> {
    return runStage('validate', agentType, this.ports.clock, async () => {
      const reports: ValidationReport[] = [];
      for (const improvement of improvements) {
        throwIfAborted(signal, improvement.improvementId);
        reports.push(await this.components.validator.validate(improvement.improvementId, signal));
      }
      const pairs = reports.reduce((sum, report) => sum + report.abTest.pairs, 0);
      return { value: reports, counts: { reports: reports.length, pairs } };
    });
  }

  /** A person reviews and deploys: without a replay or observed tier nothing may deploy by itself. */
  private deploymentWaits(waiting: number): StageRecord {
    const at = this.ports.clock.now().toISOString();
    return {
      stage: 'deploy',
      agentType: null,
      status: 'skipped',
      startedAt: at,
      endedAt: at,
      counts: { waiting },
    };
  }

  private observe(options: RunOptions): Promise<StageRun<Health>> {
    return runStage('observe', null, this.ports.clock, async () => {
      options.onProgress?.({ stage: 'observe', message: 'Checking the health of every component' });
      const health = await this.components.health();
      return { value: health, counts: { alerts: health.alerts.length } };
    });
  }

  /** Agents that have a prompt, by name. */
  private async agents(): Promise<readonly string[]> {
    const { records } = await this.components.templates.list();
    return [...new Set(records.map((template) => template.agentType))].sort();
  }

  /** Those that were asked for, where some were, else all. */
  private async agentsToServe({ agentTypes }: RunOptions): Promise<readonly string[]> {
    const known = await this.agents();
    return agentTypes ? known.filter((agent) => agentTypes.some((asked) => sameAgent(asked, agent))) : known;
  }

  /** @throws PipelineError NOT_FOUND */
  private async requireAgents(asked: readonly string[]): Promise<void> {
    if (asked.length === 0) return;
    const known = await this.agents();
    const unknown = asked.filter((agent) => !known.some((name) => sameAgent(name, agent)));
    if (unknown.length === 0) return;
    throw new PipelineError('NOT_FOUND', `No prompt was found for ${unknown.join(', ')}.`, {
      subject: unknown.join(', '),
      remedy: `Agents with a prompt here: ${known.join(', ') || 'none'}.`,
    });
  }

  /** @throws PipelineError NOT_FOUND */
  private async requirePatterns(asked: readonly string[]): Promise<void> {
    if (asked.length === 0) return;
    const { records } = await this.ports.store.list('patterns');
    const unknown = asked.filter((id) => !records.some(({ patternId }) => patternId === id));
    if (unknown.length === 0) return;
    throw new PipelineError('NOT_FOUND', `There is no pattern ${unknown.join(', ')}.`, {
      subject: unknown.join(', '),
      remedy: 'List the patterns with "claude-pm-prompts analyze".',
    });
  }

  /** Validation has linked its reports to the stored improvements since. */
  private async reread(improvements: readonly Improvement[]): Promise<readonly Improvement[]> {
    const current = await Promise.all(
      improvements.map((improvement) => this.ports.store.get('improvements', improvement.improvementId)),
    );
    return current
      .map((improvement, index) => improvement ?? improvements[index])
      .filter((i) => i !== undefined);
  }
}
