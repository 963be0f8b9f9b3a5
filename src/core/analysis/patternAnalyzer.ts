import { countedCorrections } from '../capture/countedCorrections';
import type { Configuration } from '../model/configuration';
import type { Ports } from '../ports';
import { analyzeCorrections } from './analyzeCorrections';
import type { Analysis } from './analyzeTable';
import { promptsInForce } from './promptsInForce';

export interface AnalyzeOptions {
  readonly agentTypes?: readonly string[];
  readonly days?: number;
  readonly signal?: AbortSignal;
}

/** Reads the stored corrections, finds what recurs, and stores patterns, clusters and trends. */
export class PatternAnalyzer {
  constructor(
    readonly ports: Pick<Ports, 'store' | 'promptFiles' | 'hash' | 'log' | 'wordKnowledge'>,
    readonly configuration: Configuration,
  ) {}

  /**
   * Over another window of days than the configured one it only looks, and stores nothing.
   * @throws PipelineError `CANCELLED` or `TIMED_OUT`; what is stored is then left as it was.
   */
  async analyze({ agentTypes, days, signal }: AnalyzeOptions): Promise<Analysis> {
    const { store, promptFiles, hash, log, wordKnowledge } = this.ports;
    const corrections = await countedCorrections(store);
    const sessions = await store.readLog('sessions');
    const knownPatterns = await store.list('patterns');
    const knownClusters = await store.list('clusters');
    const decisions = await store.list('patternDecisions');
    const prompts = await promptFiles.discover();
    const analysis = analyzeCorrections(
      {
        corrections: corrections.records,
        wordVectors: await wordKnowledge.load(),
        sessions: sessions.records,
        knownPatterns: knownPatterns.records,
        knownClusters: knownClusters.records,
        decisions: decisions.records,
        prompts: promptsInForce(prompts.records),
        configuration: this.configuration,
        ...(days === undefined ? {} : { days }),
        ...(agentTypes === undefined ? {} : { agentTypes }),
      },
      hash,
      signal,
    );
    if (days === undefined) await this.keep(analysis, agentTypes);
    log.info(`Analyzed ${analysis.corrections} corrections: ${analysis.patterns.length} patterns.`);
    const listings = [corrections, sessions, knownPatterns, knownClusters, decisions, prompts];
    return { ...analysis, skipped: listings.flatMap((listing) => listing.skipped) };
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
