import type { Analysis } from '../../analysis/analyzeTable';
import { promptsInForce } from '../../analysis/promptsInForce';
import { RunningAnalysis } from '../../analysis/runningAnalysis';
import { countedCorrections } from '../../capture/countedCorrections';
import { throwIfAborted } from '../../errors';
import { sameAgent } from '../../model/agentType';
import type { Configuration } from '../../model/configuration';
import type { Execution } from '../../model/execution';
import type { Ports } from '../../ports';
import type { ExplainedAgent, ExplainedGroup, ExplainedStep } from './explanation';

export type ExplainPorts = Pick<
  Ports,
  'store' | 'promptFiles' | 'hash' | 'wordKnowledge' | 'cache' | 'clock'
>;

const dayInMilliseconds = 86_400_000;
export const thresholds = [0.5, 0.6, 0.7, 0.8, 0.9] as const;
const windows = [60, 90] as const;

type Analyze = (threshold: number, days: number) => Analysis;

/** The stored corrections, grouped once; each call judges the groups by other limits. Stores nothing. */
async function analyses(
  ports: ExplainPorts,
  configuration: Configuration,
  signal: AbortSignal | undefined,
): Promise<{ readonly analyze: Analyze; readonly inWindow: (agent: string, days: number) => Set<string> }> {
  const { store, promptFiles, wordKnowledge } = ports;
  const { records: corrections } = await countedCorrections(store);
  const context = {
    sessions: (await store.readLog('sessions')).records,
    knownPatterns: (await store.list('patterns')).records,
    knownClusters: (await store.list('clusters')).records,
    decisions: (await store.list('patternDecisions')).records,
    prompts: promptsInForce((await promptFiles.discover()).records),
  };
  const running = new RunningAnalysis(ports, await wordKnowledge.load());
  await running.update(corrections, signal);
  const newest = corrections.reduce((latest, { timestamp }) => Math.max(latest, Date.parse(timestamp)), 0);
  return {
    analyze: (patternDetectionThreshold, days) => {
      throwIfAborted(signal, 'explain');
      const limits = { ...configuration, patternDetectionThreshold };
      return running.analyze({ ...context, configuration: limits, days }, signal);
    },
    inWindow: (agent, days) =>
      new Set(
        corrections
          .filter(
            ({ agentType, timestamp }) =>
              sameAgent(agentType, agent) && Date.parse(timestamp) >= newest - days * dayInMilliseconds,
          )
          .map(({ correctionId }) => correctionId),
      ),
  };
}

function groupsOf(analysis: Analysis, agentType: string, threshold: number): readonly ExplainedGroup[] {
  const patterns = new Map(analysis.patterns.map((pattern) => [pattern.patternId, pattern]));
  return analysis.clusters
    .filter((cluster) => sameAgent(cluster.agentType, agentType))
    .toSorted((a, b) => b.confidence - a.confidence || (a.clusterId < b.clusterId ? -1 : 1))
    .map(({ title, memberIds, sessions, confidence, patternId }) => {
      const pattern = patternId === null ? undefined : patterns.get(patternId);
      return {
        title: pattern?.title ?? title,
        corrections: memberIds.length,
        sessions,
        confidence,
        whyNot: pattern ? null : whyNot(confidence, sessions, threshold),
      };
    });
}

function whyNot(confidence: number, sessions: number, threshold: number): string {
  if (confidence >= threshold) return 'dismissed, or no single agent has enough of it';
  const occasion = sessions < 2 ? 'all in one session, which is one occasion: ' : '';
  return `${occasion}confidence ${confidence.toFixed(2)} is below the threshold ${threshold}`;
}

/** Per agent what was read, what the groups are, and what other limits would admit: each step is analyzed, none is estimated. */
export async function explainAgents(
  ports: ExplainPorts,
  configuration: Configuration,
  execution: Execution,
  signal?: AbortSignal,
): Promise<readonly ExplainedAgent[]> {
  const { patternDetectionThreshold: threshold, correctionAnalysisDays: days } = configuration;
  const { analyze, inWindow } = await analyses(ports, configuration, signal);
  const now = analyze(threshold, days);
  const limits = [
    ...[...new Set([...thresholds, threshold])].sort().map((each) => ({ threshold: each, days })),
    ...windows.filter((each) => each !== days).map((each) => ({ threshold, days: each })),
  ];
  const steps = limits.map((limit) => ({
    ...limit,
    inForce: limit.threshold === threshold && limit.days === days,
    analysis: analyze(limit.threshold, limit.days),
  }));
  const titles = (analysis: Analysis, agent: string) =>
    analysis.patterns.filter((pattern) => sameAgent(pattern.agentType, agent)).map(({ title }) => title);
  const names = new Set([
    ...execution.agents,
    ...steps.flatMap(({ analysis }) => analysis.patterns.map(({ agentType }) => agentType)),
  ]);
  const grouped = new Set(now.clusters.flatMap(({ memberIds }) => memberIds));
  return [...names].sort().map((agentType): ExplainedAgent => {
    const standing = titles(now, agentType);
    const own = inWindow(agentType, days);
    return {
      agentType,
      corrections: own.size,
      patterns: standing.length,
      groups: groupsOf(now, agentType, threshold),
      alone: [...own].filter((id) => !grouped.has(id)).length,
      steps: steps.map(({ analysis, inForce, ...limit }): ExplainedStep => {
        const found = titles(analysis, agentType);
        return {
          ...limit,
          inForce,
          patterns: found.length,
          more: found.filter((title) => !standing.includes(title)),
        };
      }),
      dropped: execution.stages
        .filter((record) => record.stage === 'improve' && record.agentType === agentType)
        .flatMap((record) => record.dropped ?? []),
    };
  });
}
