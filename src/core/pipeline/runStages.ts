import type { Analysis } from '../analysis/analyzeTable';
import type { ImportSummary } from '../capture/correctionCapture';
import { throwIfAborted } from '../errors';
import type { RuleWriter } from '../improve/write/writer';
import type { Health, RunRequest, StageRecord } from '../model/execution';
import type { Improvement } from '../model/improvement';
import type { ValidationReport } from '../model/validation';
import type { Ports } from '../ports';
import type { Progress } from '../progress';
import type { PipelineComponents } from './pipelineComponents';
import type { RunScope } from './runScope';
import { runStage, type StageRun } from './runStage';

interface StageOptions {
  readonly request: RunRequest;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** What each stage of a run does, once. */
export class RunStages {
  constructor(
    private readonly ports: Pick<Ports, 'store' | 'clock'>,
    private readonly components: Omit<PipelineComponents, 'support' | 'review'>,
    private readonly scope: RunScope,
    private readonly options: StageOptions,
  ) {}

  capture(): Promise<StageRun<ImportSummary>> {
    const { signal, onProgress } = this.options;
    return runStage('capture', null, this.ports.clock, async () => {
      const summary = await this.components.capture.import({ signal, ...(onProgress ? { onProgress } : {}) });
      const { sessions, corrections, skipped } = summary;
      return {
        value: summary,
        counts: { sessions, found: corrections.found, new: corrections.new, skipped: skipped.length },
      };
    });
  }

  analyze(): Promise<StageRun<Analysis>> {
    const { signal, onProgress, request } = this.options;
    return runStage('analyze', null, this.ports.clock, async () => {
      throwIfAborted(signal, 'analyze');
      onProgress?.({ stage: 'analyze', message: 'Looking for what recurs' });
      await this.components.templates.adopt();
      await this.scope.requireAgents(request.agentTypes ?? []);
      const analysis = await this.components.analyzer.analyze({
        signal,
        ...(request.agentTypes ? { agentTypes: request.agentTypes } : {}),
      });
      await this.scope.requirePatterns(request.patternIds ?? []);
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

  improve(agentType: string, writers: readonly RuleWriter[]): Promise<StageRun<readonly Improvement[]>> {
    const { signal, request } = this.options;
    return runStage('improve', agentType, this.ports.clock, async () => {
      throwIfAborted(signal, agentType);
      const dropped: NonNullable<StageRecord['dropped']> = [];
      const improvements = await this.components.improver.improve({
        agentTypes: [agentType],
        writers,
        signal,
        onDropped: (about, reason) => dropped.push({ about, reason }),
        ...(request.patternIds ? { patternIds: request.patternIds } : {}),
      });
      const hunks = improvements.reduce((sum, improvement) => sum + improvement.hunks.length, 0);
      return {
        value: improvements,
        counts: { improvements: improvements.length, hunks },
        outputs: improvements.map(({ improvementId }) => improvementId),
        ...(dropped.length > 0 ? { dropped } : {}),
      };
    });
  }

  /** A report that a model's answers or the field gave stands: the static tier says less. */
  validate(
    agentType: string,
    improvementIds: readonly string[],
  ): Promise<StageRun<readonly ValidationReport[]>> {
    const { signal } = this.options;
    return runStage('validate', agentType, this.ports.clock, async () => {
      const reports: ValidationReport[] = [];
      for (const improvementId of improvementIds) {
        throwIfAborted(signal, improvementId);
        reports.push(
          (await this.strongerReport(improvementId)) ??
            (await this.components.validator.validate(improvementId, signal)),
        );
      }
      const pairs = reports.reduce((sum, report) => sum + report.abTest.pairs, 0);
      return {
        value: reports,
        counts: { reports: reports.length, pairs },
        outputs: reports.map(({ reportId }) => reportId),
      };
    });
  }

  private async strongerReport(improvementId: string): Promise<ValidationReport | undefined> {
    const { store } = this.ports;
    const validation = (await store.get('improvements', improvementId))?.validation;
    if (validation === undefined || validation.tier === 'static') return undefined;
    return store.get('validationReports', validation.reportId);
  }

  observe(): Promise<StageRun<Health>> {
    const { signal, onProgress, request } = this.options;
    return runStage('observe', null, this.ports.clock, async () => {
      onProgress?.({ stage: 'observe', message: 'Comparing sessions before and after each deployment' });
      const { observations, alerts } = await this.components.observer.observe({
        signal,
        ...(request.agentTypes ? { agentTypes: request.agentTypes } : {}),
      });
      onProgress?.({ stage: 'observe', message: 'Checking the health of every component' });
      const health = await this.components.health();
      const counts = {
        alerts: health.alerts.length,
        deployments: observations.length,
        harmful: alerts.length,
      };
      return { value: health, counts };
    });
  }
}
