import type { Analysis } from '../analysis/analyzeTable';
import type { ImportSummary } from '../capture/correctionCapture';
import { PipelineError } from '../errors';
import { schemaVersion } from '../model/common';
import type { Configuration } from '../model/configuration';
import type { Execution, RunRequest } from '../model/execution';
import type { Improvement } from '../model/improvement';
import type { ValidationReport } from '../model/validation';
import type { Ports } from '../ports';
import type { Progress } from '../progress';
import { AutoDeployment } from './autoDeployment';
import { MemoryWatch } from './memoryWatch';
import type { PipelineComponents } from './pipelineComponents';
import { type ChooseWriters, prepareWriters } from './prepareWriters';
import { RunControlled } from './runControl';
import { RunRecord } from './runRecord';
import { RunScope } from './runScope';
import { RunStages } from './runStages';
import type { TimeLimit } from './runSupport';
import { executionStatus, type RunSummary, summarize } from './summarize';
import { endInterruptedRuns, placeOf, runGoesOn, unfinishedRuns } from './unfinishedRuns';

export interface GoOnOptions {
  /** Without it, all rules are written offline. */
  readonly chooseWriters?: ChooseWriters;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Told when the run pauses and when it goes on. */
  readonly onStatus?: (status: 'paused' | 'running') => void;
}

export interface RunOptions extends GoOnOptions {
  readonly agentTypes?: readonly string[];
  readonly patternIds?: readonly string[];
  readonly trigger: Execution['trigger'];
  /** Leaves out the capture stage. */
  readonly skipCapture?: boolean;
  /** Asked once nobody else can begin: another window may have run meanwhile. Where it says no, the run is refused as LOCKED. */
  readonly onlyIf?: () => Promise<boolean>;
}

/** Of a resumed run, `capture` and `analysis` are there only where it did these stages itself. */
export interface RunOutcome {
  readonly execution: Execution;
  readonly result: RunSummary;
  readonly capture: ImportSummary | undefined;
  readonly analysis: Analysis | undefined;
  readonly improvements: readonly Improvement[];
  readonly reports: readonly ValidationReport[];
}

/** Runs the stages in order, agent by agent where a stage serves one, and records what happened. One run at a time in a workspace. */
export class PromptImprovementPipeline {
  constructor(
    private readonly ports: Pick<Ports, 'store' | 'audit' | 'clock' | 'random' | 'hash' | 'log' | 'access'>,
    private readonly configuration: Configuration,
    private readonly components: PipelineComponents,
  ) {}

  /**
   * A failing stage is part of the outcome, whose execution tells.
   * @throws PipelineError FORBIDDEN before anything is begun; LOCKED: another run goes on, in whatever process; and what the store refuses
   */
  async run(options: RunOptions): Promise<RunOutcome> {
    await this.ports.access?.require('pipeline.run');
    return this.holding(async () => {
      if (options.onlyIf && !(await options.onlyIf()))
        throw await runGoesOn(this.ports, this.components.support);
      await endInterruptedRuns(this.ports);
      return this.goThrough(await this.start(options), options);
    });
  }

  /**
   * Goes on with the run that was interrupted, at the stage it was in; what it had finished is not done again.
   * @throws PipelineError FORBIDDEN; ILLEGAL_STATE: none was interrupted; LOCKED: one goes on
   */
  async resume(options: GoOnOptions = {}): Promise<RunOutcome> {
    await this.ports.access?.require('pipeline.run');
    return this.holding(async () => {
      const [unfinished] = await unfinishedRuns(this.ports);
      if (unfinished === undefined) {
        throw new PipelineError('ILLEGAL_STATE', 'No run was interrupted.', {
          subject: 'run',
          remedy: 'Start one with "claude-pm-prompts run"; nothing was changed.',
        });
      }
      const { executionId, resumes = 0, request } = unfinished;
      if (request?.model === true && options.chooseWriters === undefined) {
        this.ports.log.warn(
          'The run was to use a model; without one, the rest of its rules is written offline.',
        );
      }
      await this.ports.store.remove('runControls', executionId);
      await this.ports.audit.record('pipeline.resumed', executionId, { at: placeOf(unfinished) });
      return this.goThrough({ ...unfinished, status: 'running', resumes: resumes + 1 }, options);
    });
  }

  private async holding<T>(work: () => Promise<T>): Promise<T> {
    const hold = this.components.support.take();
    if (hold === undefined) throw await runGoesOn(this.ports, this.components.support);
    try {
      return await work();
    } finally {
      hold.release();
    }
  }

  private async goThrough(execution: Execution, options: GoOnOptions): Promise<RunOutcome> {
    const { support } = this.components;
    const limit = support.timeLimit(this.configuration.pipelineTimeout);
    const control = new RunControlled(this.ports, execution.executionId);
    const signals = [limit.signal, control.signal, ...(options.signal ? [options.signal] : [])];
    const memory = support.memory && new MemoryWatch(support.memory, support);
    control.follow(support);
    try {
      return await this.doStages(execution, options, control, limit, AbortSignal.any(signals), memory);
    } finally {
      memory?.end();
      control.end();
      limit.end();
    }
  }

  private async doStages(
    execution: Execution,
    options: GoOnOptions,
    control: RunControlled,
    limit: TimeLimit,
    signal: AbortSignal,
    memory: MemoryWatch | undefined,
  ): Promise<RunOutcome> {
    const { clock, store } = this.ports;
    const { components } = this;
    const request: RunRequest = execution.request ?? {};
    const record = new RunRecord(this.ports, execution);
    await record.change({ status: 'running' });
    const scope = new RunScope(store);
    const stages = new RunStages(this.ports, components, scope, { ...options, request, signal });
    /** Did the stage end before, or has the run been stopped? The stage that was cut has its record. */
    const toDo = async (stage: Parameters<RunRecord['finished']>[0], agentType: string | null) => {
      if (record.finished(stage, agentType)) return false;
      if (record.execution.stages.some(({ status }) => status === 'cancelled')) return false;
      await control.pass(signal, limit, async (status) => {
        await record.change({ status });
        options.onStatus?.(status);
      });
      return true;
    };

    const capture =
      !request.skipCapture && (await toDo('capture', null))
        ? await record.stage('capture', null, () => stages.capture())
        : undefined;
    const analysis = (await toDo('analyze', null))
      ? await record.stage('analyze', null, () => stages.analyze())
      : undefined;
    const analyzed = record.finished('analyze', null);
    const agents = analyzed?.status === 'completed' ? await this.agentsOf(record, scope, request) : [];
    const open = agents.filter((agentType) => record.finished('improve', agentType) === undefined);
    const { chooseWriters } = options;
    const writers =
      chooseWriters && open.length > 0 && !signal.aborted
        ? await record.stage('improve', null, () =>
            prepareWriters(clock, components.improver, chooseWriters, {
              ...(request.patternIds ? { patternIds: request.patternIds } : {}),
              ...(options.onProgress ? { onProgress: options.onProgress } : {}),
              agentTypes: open,
              signal,
            }),
          )
        : undefined;
    for (const [index, agentType] of agents.entries()) {
      options.onProgress?.({ stage: 'improve', message: agentType, done: index, total: agents.length });
      if (await toDo('improve', agentType)) {
        await record.stage('improve', agentType, () => stages.improve(agentType, writers ?? []));
      }
      const proposed = record.finished('improve', agentType)?.outputs ?? [];
      if (proposed.length > 0 && (await toDo('validate', agentType))) {
        options.onProgress?.({ stage: 'validate', message: agentType, done: index, total: agents.length });
        await record.stage('validate', agentType, () => stages.validate(agentType, proposed));
      }
    }
    const improvementIds = record.execution.stages.flatMap(({ stage, outputs }) =>
      stage === 'improve' ? (outputs ?? []) : [],
    );
    const deployment = new AutoDeployment(this.ports, this.configuration, components, record);
    if (await toDo('deploy', null)) {
      if (this.configuration.autoDeploymentEnabled) {
        await record.stage('deploy', null, () => deployment.run(improvementIds, signal));
      } else {
        await record.add(deployment.waits(improvementIds.length));
      }
    }
    await record.stage('observe', null, () => stages.observe());
    if (memory) await record.change({ memory: memory.found(record.execution.memory) });
    return { ...(await this.finish(record, improvementIds)), capture, analysis };
  }

  /** Kept in the record, so that a resumed run serves the same ones. */
  private async agentsOf(
    record: RunRecord,
    scope: RunScope,
    request: RunRequest,
  ): Promise<readonly string[]> {
    if (record.execution.agents.length > 0) return record.execution.agents;
    const agents = await scope.agentsToServe(request);
    await record.change({ agents: [...agents] });
    return agents;
  }

  private async finish(
    record: RunRecord,
    improvementIds: readonly string[],
  ): Promise<Omit<RunOutcome, 'capture' | 'analysis'>> {
    const { store, audit, clock } = this.ports;
    const { executionId, stages, decisions } = record.execution;
    const improvements: Improvement[] = [];
    for (const id of improvementIds) {
      const improvement = await store.get('improvements', id);
      if (improvement) improvements.push(improvement);
    }
    const reports: ValidationReport[] = [];
    for (const id of stages.flatMap(({ stage, outputs }) => (stage === 'validate' ? (outputs ?? []) : []))) {
      const report = await store.get('validationReports', id);
      if (report) reports.push(report);
    }
    const result = summarize(executionId, { stages, decisions: decisions ?? [], improvements, reports });
    await store.put('executionResults', result);
    await store.remove('runControls', executionId);
    const before = record.execution;
    await record.change({ status: executionStatus(stages), endedAt: clock.now().toISOString() });
    const { status } = record.execution;
    await audit.record('pipeline.finished', executionId, { status }, { before, after: record.execution });
    return { execution: record.execution, result, improvements, reports };
  }

  private async start(options: RunOptions): Promise<Execution> {
    const { agentTypes, patternIds, skipCapture, chooseWriters } = options;
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
      request: {
        ...(agentTypes ? { agentTypes: [...agentTypes] } : {}),
        ...(patternIds ? { patternIds: [...patternIds] } : {}),
        ...(skipCapture ? { skipCapture } : {}),
        ...(chooseWriters ? { model: true } : {}),
      },
    };
    await this.ports.store.put('executions', execution);
    const change = { before: null, after: execution };
    await this.ports.audit.record('pipeline.started', executionId, { trigger: options.trigger }, change);
    return execution;
  }
}
