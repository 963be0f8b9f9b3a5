import type { Configuration } from '../model/configuration';
import type { Ports } from '../ports';
import { type AnalysisRequest, type AnalysisRunner, LocalAnalysisRunner } from './analysisRunner';
import type { Analysis } from './analyzeTable';

export interface AnalyzeOptions extends AnalysisRequest {
  readonly signal?: AbortSignal;
}

/** Finds what recurs in the stored corrections, and stores patterns, clusters and trends. */
export class PatternAnalyzer {
  readonly #runner: AnalysisRunner;

  constructor(
    readonly ports: Pick<
      Ports,
      'store' | 'access' | 'promptFiles' | 'hash' | 'log' | 'wordKnowledge' | 'cache'
    >,
    configuration: Configuration,
    runner: AnalysisRunner = new LocalAnalysisRunner(ports, configuration),
  ) {
    this.#runner = runner;
  }

  /**
   * Over another window of days than the configured one it only looks, and stores nothing.
   * @throws PipelineError `CANCELLED` or `TIMED_OUT`; what is stored is then left as it was.
   */
  async analyze({ signal, ...request }: AnalyzeOptions): Promise<Analysis> {
    await this.ports.access?.require('patterns.analyze');
    const analysis = await this.#runner.run(request, signal);
    if (request.days === undefined) await this.keep(analysis, request.agentTypes);
    this.ports.log.info(
      `Analyzed ${analysis.corrections} corrections: ${analysis.patterns.length} patterns.`,
    );
    return analysis;
  }

  /** Stores what was found, then removes what no longer stands; agents that were not analyzed keep theirs. */
  private async keep(
    { patterns, clusters, trends }: Analysis,
    agentTypes?: readonly string[],
  ): Promise<void> {
    const { store } = this.ports;
    const wanted = agentTypes && new Set(agentTypes.map((name) => name.toLowerCase()));
    const analyzed = (agentType: string): boolean =>
      wanted === undefined || wanted.has(agentType.toLowerCase());
    const patternIds = new Set(patterns.map((pattern) => pattern.patternId));
    const clusterIds = new Set(clusters.map((cluster) => cluster.clusterId));
    await store.exclusive(async () => {
      for (const trend of trends) await store.put('trends', trend);
      for (const pattern of patterns) await store.put('patterns', pattern);
      for (const cluster of clusters) await store.put('clusters', cluster);
      for (const { patternId, agentType } of (await store.list('patterns')).records) {
        if (analyzed(agentType) && !patternIds.has(patternId)) await store.remove('patterns', patternId);
      }
      for (const { clusterId, agentType } of (await store.list('clusters')).records) {
        if (analyzed(agentType) && !clusterIds.has(clusterId)) await store.remove('clusters', clusterId);
      }
      const standing = new Set((await store.list('patterns')).records.map((pattern) => pattern.patternId));
      for (const { patternId } of (await store.list('trends')).records) {
        if (!standing.has(patternId)) await store.remove('trends', patternId);
      }
    });
  }
}
