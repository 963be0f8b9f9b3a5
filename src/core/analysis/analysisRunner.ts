import { countedCorrections } from '../capture/countedCorrections';
import type { Configuration } from '../model/configuration';
import type { Ports, Skipped } from '../ports';
import type { Analysis } from './analyzeTable';
import { promptsInForce } from './promptsInForce';
import { RunningAnalysis } from './runningAnalysis';

/** What is looked for. */
export interface AnalysisRequest {
  readonly agentTypes?: readonly string[];
  /** Overrides `correctionAnalysisDays`. */
  readonly days?: number;
}

/** Analyzes the stored corrections and stores nothing. A host may do it in another thread, so that its own stays free. */
export interface AnalysisRunner {
  /** @throws PipelineError `CANCELLED`, `TIMED_OUT` */
  run(request: AnalysisRequest, signal?: AbortSignal): Promise<Analysis>;
}

/** In this thread; corrections that came since the former run join what was found then. */
export class LocalAnalysisRunner implements AnalysisRunner {
  readonly #ports: Pick<Ports, 'store' | 'promptFiles' | 'hash' | 'wordKnowledge' | 'cache'>;
  readonly #configuration: Configuration;
  #running: RunningAnalysis | undefined;

  constructor(
    ports: Pick<Ports, 'store' | 'promptFiles' | 'hash' | 'wordKnowledge' | 'cache'>,
    configuration: Configuration,
  ) {
    this.#ports = ports;
    this.#configuration = configuration;
  }

  async run({ agentTypes, days }: AnalysisRequest, signal?: AbortSignal): Promise<Analysis> {
    const { store, promptFiles, wordKnowledge } = this.#ports;
    const corrections = await countedCorrections(store);
    const sessions = await store.readLog('sessions');
    const knownPatterns = await store.list('patterns');
    const knownClusters = await store.list('clusters');
    const decisions = await store.list('patternDecisions');
    const prompts = await promptFiles.discover();
    this.#running ??= new RunningAnalysis(this.#ports, await wordKnowledge.load());
    await this.#running.update(corrections.records, signal);
    const analysis = this.#running.analyze(
      {
        sessions: sessions.records,
        knownPatterns: knownPatterns.records,
        knownClusters: knownClusters.records,
        decisions: decisions.records,
        prompts: promptsInForce(prompts.records),
        configuration: this.#configuration,
        ...(days === undefined ? {} : { days }),
        ...(agentTypes === undefined ? {} : { agentTypes }),
      },
      signal,
    );
    const listings: readonly { readonly skipped: readonly Skipped[] }[] = [
      corrections,
      sessions,
      knownPatterns,
      knownClusters,
      decisions,
      prompts,
    ];
    return { ...analysis, skipped: listings.flatMap((listing) => listing.skipped) };
  }
}
