import { throwIfAborted } from '../errors';
import { schemaVersion } from '../model/common';
import type { Configuration } from '../model/configuration';
import type { Correction, Session } from '../model/correction';
import type { PatternDecision } from '../model/improvement';
import type { Anomaly, Cluster, Pattern, TrendSeries } from '../model/pattern';
import type { Hash, Skipped } from '../ports';
import { readPrompt } from '../prompt/promptDocument';
import { plainProse } from '../text/plainProse';
import { documentFrequencies } from '../text/vectorSpace';
import { words } from '../text/words';
import { findAnomalies } from './anomalies';
import { type AgentContext, buildPattern } from './buildPattern';
import { confidenceOf } from './confidence';
import { byTime, type CorrectionGroup, groupCorrections } from './correctionGroups';
import { titleOf } from './describeGroup';
import { isDismissed } from './dismissals';
import { groupBy } from './groupBy';
import { type KnownGroup, stableIds } from './stableIds';
import { trendOf } from './trend';
import { exposureOf, weeklyBins } from './weeklySeries';

export interface Assignment {
  readonly correctionId: string;
  readonly clusterId: string | null;
  readonly patternId: string | null;
}

export interface Analysis {
  /** Corrections in the window of days. */
  readonly corrections: number;
  readonly patterns: readonly Pattern[];
  readonly clusters: readonly Cluster[];
  readonly trends: readonly TrendSeries[];
  readonly anomalies: readonly Anomaly[];
  /** One for every correction read, also those outside the window. */
  readonly assignments: readonly Assignment[];
  readonly skipped: readonly Skipped[];
}

export interface AnalysisInput {
  readonly corrections: readonly Correction[];
  readonly sessions: readonly Session[];
  /** Patterns of the former run: a pattern keeps its id while its members overlap. */
  readonly knownPatterns: readonly Pattern[];
  readonly knownClusters: readonly Cluster[];
  /** Text of the prompt in force, by agent type. */
  readonly prompts: ReadonlyMap<string, string>;
  readonly configuration: Configuration;
  /** Overrides `correctionAnalysisDays`. */
  readonly days?: number;
  readonly agentTypes?: readonly string[];
  /** What was decided about patterns: dismissed ones stay out until they grow. */
  readonly decisions?: readonly PatternDecision[];
}

const dayMs = 86_400_000;

function newestOf(times: readonly string[]): string {
  return times.reduce(
    (newest, time) => (Date.parse(time) > Date.parse(newest) ? time : newest),
    times[0] ?? '',
  );
}

function known(patterns: readonly Pattern[], decisions: readonly PatternDecision[]): KnownGroup[] {
  const decided = new Map<string, KnownGroup>(
    decisions.map(({ patternId, memberIds }) => [patternId, { id: patternId, memberIds }]),
  );
  for (const { patternId, memberIds } of patterns) {
    const before = decided.get(patternId)?.memberIds ?? [];
    decided.set(patternId, { id: patternId, memberIds: [...new Set([...before, ...memberIds])] });
  }
  return [...decided.values()];
}

function promptOf(prompts: ReadonlyMap<string, string>, agentType: string): string | undefined {
  const wanted = agentType.toLowerCase();
  return prompts.get(agentType) ?? [...prompts].find(([name]) => name.toLowerCase() === wanted)?.[1];
}

function contextOf(
  input: AnalysisInput,
  agentType: string,
  own: readonly Correction[],
  start: number,
  lastHeard: string,
): AgentContext {
  const inWindow = own.filter((correction) => Date.parse(correction.timestamp) >= start);
  const exposed = new Set(inWindow.map((correction) => correction.sessionId));
  for (const session of input.sessions) {
    if ((session.interactions[agentType] ?? 0) > 0 && Date.parse(session.endedAt) >= start)
      exposed.add(session.sessionId);
  }
  const prompt = promptOf(input.prompts, agentType);
  return {
    exposure: exposureOf(agentType, own, input.sessions, lastHeard),
    exposedSessions: exposed.size,
    frequencies: documentFrequencies(own.map((correction) => words(plainProse(correction.userCorrection)))),
    documents: own.length,
    prompt: prompt === undefined ? undefined : readPrompt(prompt),
  };
}

/** Pure: the same input gives the same analysis, in whatever order the corrections come. */
export function analyzeCorrections(input: AnalysisInput, hash: Hash, signal?: AbortSignal): Analysis {
  const { configuration } = input;
  const wanted = input.agentTypes && new Set(input.agentTypes.map((name) => name.toLowerCase()));
  const chosen = (agentType: string): boolean => wanted === undefined || wanted.has(agentType.toLowerCase());
  const corrections = input.corrections.toSorted(byTime);
  const newest = corrections.at(-1)?.timestamp ?? '';
  const start = Date.parse(newest) - (input.days ?? configuration.correctionAnalysisDays) * dayMs;
  const lastHeard = newestOf(
    [newest, ...input.sessions.map((session) => session.startedAt)].filter((time) => time !== ''),
  );
  const byAgent = groupBy(
    corrections.filter((correction) => chosen(correction.agentType)),
    (correction) => correction.agentType,
  );
  const agentTypes = [...byAgent.keys()].sort();
  const decisions = new Map((input.decisions ?? []).map((decision) => [decision.patternId, decision]));
  const step = (): void => throwIfAborted(signal, 'analysis');

  const groups: CorrectionGroup[] = agentTypes.flatMap((agentType) =>
    groupCorrections(agentType, byAgent.get(agentType) ?? [], start, step),
  );
  const memberIds = groups.map((group) => group.members.map((member) => member.correctionId));
  const newId = (prefix: string) => (group: number, attempt: number) =>
    `${prefix}_${hash.sha256(JSON.stringify([groups[group]?.agentType, memberIds[group]?.[0], attempt])).slice(0, 12)}`;
  const patternIds = stableIds(memberIds, known(input.knownPatterns, [...decisions.values()]), newId('p'));
  const clusterIds = stableIds(
    memberIds,
    input.knownClusters.map(({ clusterId, memberIds }) => ({ id: clusterId, memberIds })),
    newId('k'),
  );

  const patterns: Pattern[] = [];
  const trends: TrendSeries[] = [];
  const clusters: Cluster[] = [];
  const assigned = new Map<string, Assignment>();
  const contexts = new Map<string, AgentContext>();
  for (const [index, group] of groups.entries()) {
    step();
    const { agentType } = group;
    const own = byAgent.get(agentType) ?? [];
    const evidence = confidenceOf(group.sessions, group.likeness);
    const id = patternIds[index] ?? '';
    const clusterId = clusterIds[index] ?? '';
    const isPattern =
      evidence.confidence >= configuration.patternDetectionThreshold &&
      !isDismissed(decisions.get(id), group.members);
    if (isPattern) {
      const context = contexts.get(agentType) ?? contextOf(input, agentType, own, start, lastHeard);
      contexts.set(agentType, context);
      const bins = weeklyBins(group.times, context.exposure);
      const trend = trendOf(bins);
      patterns.push(buildPattern(id, group, evidence, trend, context));
      trends.push({ schemaVersion, patternId: id, bins, trend });
    }
    clusters.push({
      schemaVersion,
      clusterId,
      agentType,
      title: titleOf(group.typicalFirst),
      memberIds: memberIds[index] ?? [],
      sessions: group.sessions,
      coherence: evidence.coherence,
      confidence: evidence.confidence,
      patternId: isPattern ? id : null,
    });
    for (const correctionId of memberIds[index] ?? []) {
      assigned.set(correctionId, { correctionId, clusterId, patternId: isPattern ? id : null });
    }
  }
  const byId = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return {
    corrections: [...byAgent.values()]
      .flat()
      .filter((correction) => Date.parse(correction.timestamp) >= start).length,
    patterns: patterns.sort((a, b) => b.impact - a.impact || byId(a.patternId, b.patternId)),
    clusters: clusters.sort((a, b) => b.confidence - a.confidence || byId(a.clusterId, b.clusterId)),
    trends: trends.sort((a, b) => byId(a.patternId, b.patternId)),
    anomalies: findAnomalies(trends),
    assignments: corrections.map(
      ({ correctionId }) => assigned.get(correctionId) ?? { correctionId, clusterId: null, patternId: null },
    ),
    skipped: [],
  };
}
