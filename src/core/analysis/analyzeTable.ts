import { throwIfAborted } from '../errors';
import { schemaVersion } from '../model/common';
import type { Configuration } from '../model/configuration';
import type { Correction, Session } from '../model/correction';
import type { PatternDecision } from '../model/improvement';
import type { Anomaly, Cluster, Pattern, TrendSeries } from '../model/pattern';
import type { Hash, Skipped } from '../ports';
import { AgentContexts } from './agentContexts';
import { findAnomalies } from './anomalies';
import { buildPattern, type Wording, wordingOf } from './buildPattern';
import { clusterMap } from './clusters/clusterMap';
import type { TextGroups } from './clusters/textGroups';
import { confidenceOf } from './confidence';
import { type CorrectionGroup, correctionGroups, typicalFirst } from './correctionGroups';
import type { CorrectionTable } from './correctionTable';
import { wordFrequencies } from './describeGroup';
import { forecastOf } from './forecast';
import { lineageOf } from './lineage';
import { type Candidate, patternCandidates } from './patternCandidates';
import { type KnownGroup, stableIds } from './stableIds';
import { trendOf } from './trend';
import { weeklyBins } from './weeklySeries';

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
  /** One for every correction read, also those outside the window; oldest first. May be gone through again. */
  readonly assignments: Iterable<Assignment>;
  readonly skipped: readonly Skipped[];
}

export interface AnalysisContext {
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

/** Titles and exemplars that were made before, by the members that they were made from. Rows must not have changed since. */
export type Wordings = Map<string, Wording>;

/** Corrections as a table, and a way to have some of them in full. */
export interface CorrectionRows {
  readonly table: CorrectionTable;
  /** The corrections of these rows, in their order. */
  read(rows: readonly number[]): readonly Correction[];
  readonly wordings?: Wordings;
}

const dayMs = 86_400_000;
/** Members that are read in full: enough for a title and exemplars. */
const mostRead = 80;
/** Members that a cluster's title is made from. */
const mostTitling = 3;

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

const byId = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/**
 * Pure: the same corrections, groups and context give the same analysis.
 * @param order rows of the table, oldest first
 * @param groups groups of the table's texts
 */
export function analyzeTable(
  { table, read, wordings }: CorrectionRows,
  order: ArrayLike<number>,
  groups: TextGroups,
  context: AnalysisContext,
  hash: Hash,
  signal?: AbortSignal,
): Analysis {
  const { configuration } = context;
  const wanted = context.agentTypes && new Set(context.agentTypes.map((name) => name.toLowerCase()));
  const rows = wanted
    ? Array.from(order).filter((row) => wanted.has(table.agents.name(table.agent(row)).toLowerCase()))
    : order;
  const newestCorrection = order.length === 0 ? 0 : table.time(order[order.length - 1] ?? 0);
  const windowStart = newestCorrection - (context.days ?? configuration.correctionAnalysisDays) * dayMs;
  const newest = context.sessions.reduce(
    (latest, { startedAt }) => Math.max(latest, Date.parse(startedAt)),
    newestCorrection,
  );
  const idsOf = ({ members }: CorrectionGroup): string[] => members.map((row) => table.id(row));
  const newId = (prefix: string, of: readonly CorrectionGroup[]) => (index: number, attempt: number) => {
    const group = of[index];
    const first = group?.members[0];
    const origin = [group?.agentType, first === undefined ? '' : table.id(first), attempt];
    return `${prefix}_${hash.sha256(JSON.stringify(origin)).slice(0, 12)}`;
  };

  const found = correctionGroups(table, groups, rows, windowStart);
  const members = found.map(idsOf);
  const clusterIds = stableIds(
    members,
    context.knownClusters.map(({ clusterId, memberIds }) => ({ id: clusterId, memberIds })),
    newId('k', found),
  );
  throwIfAborted(signal, 'analysis');

  const decisions = new Map((context.decisions ?? []).map((decision) => [decision.patternId, decision]));
  const candidates = patternCandidates(table, found, configuration.patternDetectionThreshold);
  const patternIds = stableIds(
    candidates.map(({ part }) => idsOf(part)),
    known(context.knownPatterns, [...decisions.values()]),
    newId(
      'p',
      candidates.map(({ part }) => part),
    ),
  );
  const standing = candidates
    .map((candidate, index) => ({ ...candidate, patternId: patternIds[index] ?? '' }))
    .filter(({ patternId, isDismissed }) => !isDismissed(decisions.get(patternId)));
  const lineages = lineageOf(
    context.knownPatterns,
    standing.map(({ patternId, part }) => ({ patternId, memberIds: idsOf(part) })),
    new Date(newestCorrection).toISOString(),
  );
  const before = new Map(context.knownPatterns.map((pattern) => [pattern.patternId, pattern.lineage ?? []]));

  const worded = (typical: readonly number[]): Wording => {
    if (wordings === undefined) return wordingOf(read(typical));
    const key = typical.join(' ');
    const wording = wordings.get(key) ?? wordingOf(read(typical));
    wordings.set(key, wording);
    return wording;
  };
  const contexts = new AgentContexts({ table, rows, windowStart, newest, ...context });
  const frequencies = wordFrequencies(table);
  const patternOf = (candidate: Candidate & { readonly patternId: string }): [Pattern, TrendSeries] => {
    throwIfAborted(signal, 'analysis');
    const { patternId, part, confidence, shared } = candidate;
    const agentContext = contexts.of(part.agentType, shared);
    const bins = weeklyBins(
      part.history.map((row) => table.time(row)),
      agentContext.exposure,
    );
    const trend = trendOf(bins);
    const pattern = buildPattern(table, frequencies, {
      patternId,
      group: part,
      wording: worded(typicalFirst(groups, part.members).slice(0, mostRead)),
      confidence,
      trend,
      lineage: [...(before.get(patternId) ?? []), ...(lineages.get(patternId) ?? [])],
      context: agentContext,
    });
    return [pattern, { schemaVersion, patternId, bins, trend, forecast: forecastOf(bins), anomalies: [] }];
  };
  const described = standing.map(patternOf);
  const anomalies = findAnomalies(described.map(([, series]) => series));
  const trends = described.map(([, series]) => ({
    ...series,
    anomalies: anomalies.filter(({ patternId }) => patternId === series.patternId),
  }));
  const titles = new Map(described.map(([{ patternId, title }]) => [patternId, title]));

  /** By row: one more than the place of its cluster and its pattern; 0 for none. */
  const clusterOf = new Int32Array(table.size);
  const patternOfRow = new Int32Array(table.size);
  for (const [index, group] of found.entries()) for (const row of group.members) clusterOf[row] = index + 1;
  const patternsOfCluster = new Map<number, string>();
  for (const [index, { patternId, part }] of standing.entries()) {
    if (!patternsOfCluster.has(part.group)) patternsOfCluster.set(part.group, patternId);
    for (const row of part.members) patternOfRow[row] = index + 1;
  }
  const assignments: Iterable<Assignment> = {
    *[Symbol.iterator]() {
      for (let index = 0; index < order.length; index++) {
        const row = order[index] ?? 0;
        yield {
          correctionId: table.id(row),
          clusterId: clusterIds[(clusterOf[row] ?? 0) - 1] ?? null,
          patternId: standing[(patternOfRow[row] ?? 0) - 1]?.patternId ?? null,
        };
      }
    },
  };
  const places = clusterMap(found.map(({ group }) => groups.centre(group)));
  const clusters = found.map((group, index): Cluster => {
    const patternId = patternsOfCluster.get(group.group) ?? null;
    const evidence = confidenceOf(group.sessions, group.likeness);
    return {
      schemaVersion,
      clusterId: clusterIds[index] ?? '',
      agentType: group.agentType,
      title:
        titles.get(patternId ?? '') ??
        worded(typicalFirst(groups, group.members).slice(0, mostTitling)).title,
      memberIds: members[index] ?? [],
      sessions: group.sessions,
      coherence: evidence.coherence,
      confidence: evidence.confidence,
      patternId,
      position: places[index] ?? [0, 0],
    };
  });
  let corrections = 0;
  for (let index = 0; index < rows.length; index++)
    if (table.time(rows[index] ?? 0) >= windowStart) corrections++;
  return {
    corrections,
    patterns: described
      .map(([pattern]) => pattern)
      .sort((a, b) => b.impact - a.impact || byId(a.patternId, b.patternId)),
    clusters: clusters.sort((a, b) => b.confidence - a.confidence || byId(a.clusterId, b.clusterId)),
    trends: trends.sort((a, b) => byId(a.patternId, b.patternId)),
    anomalies,
    assignments,
    skipped: [],
  };
}
