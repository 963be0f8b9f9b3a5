import { throwIfAborted } from '../errors';
import { groupBy } from '../groupBy';
import { schemaVersion } from '../model/common';
import type { Configuration } from '../model/configuration';
import type { Correction, Session } from '../model/correction';
import type { PatternDecision } from '../model/improvement';
import type { Anomaly, Cluster, Pattern, TrendSeries } from '../model/pattern';
import type { Hash, Skipped } from '../ports';
import { AgentContexts } from './agentContexts';
import { findAnomalies } from './anomalies';
import { type Assignment, assignmentsOf } from './assignments';
import { buildPattern } from './buildPattern';
import { clusterMap } from './clusters/clusterMap';
import type { TextGroups } from './clusters/textGroups';
import { confidenceOf } from './confidence';
import { correctionGroups, typicalFirst } from './correctionGroups';
import type { CorrectionTable } from './correctionTable';
import { wordFrequencies } from './describeGroup';
import { forecastOf } from './forecast';
import { Identities, knownPatterns } from './identities';
import { lineageOf } from './lineage';
import { type Candidate, patternCandidates } from './patternCandidates';
import { trendOf } from './trend';
import { weeklyBins } from './weeklySeries';
import { type Wording, type Wordings, wordingOf } from './wordings';

export interface Analysis {
  /** Corrections in the window of days. */
  readonly corrections: number;
  readonly patterns: readonly Pattern[];
  readonly clusters: readonly Cluster[];
  readonly trends: readonly TrendSeries[];
  readonly anomalies: readonly Anomaly[];
  /**
   * One for every correction read, oldest first; may be gone through again. Those before the window are of a cluster where they are
   * like others, and of no pattern.
   */
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

/** Corrections as a table, and a way to have some of them in full. */
export interface CorrectionRows {
  readonly table: CorrectionTable;
  /** The corrections of these rows, in their order. */
  read(rows: readonly number[]): readonly Correction[];
  readonly wordings?: Wordings;
}

const dayMs = 86_400_000;
/** Members that are read in full: enough for a title and exemplars. */
const mostRead = 40;
/** Members that a cluster's title is made from. */
const mostTitling = 3;

const byId = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** A pattern to be: what recurs, and the id that it has. */
interface Standing extends Candidate {
  readonly patternId: string;
}

/** Ids for the candidates; those that were dismissed and have not grown since are left out. */
function standingOf(
  candidates: readonly Candidate[],
  { knownPatterns: former, decisions = [] }: AnalysisContext,
  identities: Identities,
): Standing[] {
  const parts = candidates.map(({ part }) => part);
  const patternIds = identities.give('p', parts, knownPatterns(former, decisions));
  const decisionOf = new Map(decisions.map((decision) => [decision.patternId, decision]));
  return candidates
    .map((candidate, index) => ({ ...candidate, patternId: patternIds[index] ?? '' }))
    .filter(({ patternId, isDismissed }) => !isDismissed(decisionOf.get(patternId)));
}

/** The rows of the agents that are looked at, in their order. */
function rowsOfAgents(
  table: CorrectionTable,
  order: ArrayLike<number>,
  agentTypes: readonly string[] | undefined,
): ArrayLike<number> {
  if (agentTypes === undefined) return order;
  const wanted = new Set(agentTypes.map((name) => name.toLowerCase()));
  return Array.from(order).filter((row) => wanted.has(table.agents.name(table.agent(row)).toLowerCase()));
}

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
  const { configuration, sessions } = context;
  const rows = rowsOfAgents(table, order, context.agentTypes);
  const newestCorrection = order.length === 0 ? 0 : table.time(order[order.length - 1] ?? 0);
  const windowStart = newestCorrection - (context.days ?? configuration.correctionAnalysisDays) * dayMs;
  const newest = sessions.reduce(
    (latest, { startedAt }) => Math.max(latest, Date.parse(startedAt)),
    newestCorrection,
  );
  const identities = new Identities(table, hash);
  const worded = (members: readonly number[], most: number): Wording =>
    wordingOf(typicalFirst(groups, members).slice(0, most), read, wordings);

  const found = correctionGroups(table, groups, rows, windowStart);
  const clusterIds = identities.give(
    'k',
    found,
    context.knownClusters.map(({ clusterId, memberIds }) => ({ id: clusterId, memberIds })),
  );
  throwIfAborted(signal, 'analysis');
  const candidates = patternCandidates(table, found, configuration.patternDetectionThreshold);
  const standing = standingOf(candidates, context, identities);
  const lineages = lineageOf(
    context.knownPatterns,
    standing.map(({ patternId, part }) => ({ patternId, memberIds: identities.idsOf(part) })),
    new Date(newestCorrection).toISOString(),
  );
  const former = new Map(context.knownPatterns.map((pattern) => [pattern.patternId, pattern.lineage ?? []]));
  const contexts = new AgentContexts({ table, rows, windowStart, newest, ...context });
  const frequencies = wordFrequencies(table);

  const describe = ({ patternId, part, confidence, shared }: Standing): [Pattern, TrendSeries] => {
    throwIfAborted(signal, 'analysis');
    const agentContext = contexts.of(part.agentType, shared);
    const bins = weeklyBins(
      part.history.map((row) => table.time(row)),
      agentContext.exposure,
    );
    const trend = trendOf(bins);
    const pattern = buildPattern(table, frequencies, {
      patternId,
      group: part,
      wording: worded(part.members, mostRead),
      confidence,
      trend,
      lineage: [...(former.get(patternId) ?? []), ...(lineages.get(patternId) ?? [])],
      context: agentContext,
    });
    return [pattern, { schemaVersion, patternId, bins, trend, forecast: forecastOf(bins), anomalies: [] }];
  };
  const described = standing.map(describe);
  const anomalies = findAnomalies(described.map(([, series]) => series));
  const anomaliesOf = groupBy(anomalies, ({ patternId }) => patternId);

  const patternOfGroup = new Map(
    described
      .map(([pattern], index): [number, Pattern] => [standing[index]?.part.group ?? -1, pattern])
      .reverse(),
  );
  const places = clusterMap(found.map(({ group }) => groups.centre(group)));
  const clusters = found.map((group, index): Cluster => {
    const pattern = patternOfGroup.get(group.group);
    const { coherence, confidence } = confidenceOf(group.sessions, group.likeness);
    return {
      schemaVersion,
      clusterId: clusterIds[index] ?? '',
      agentType: group.agentType,
      title: pattern?.title ?? worded(group.members, mostTitling).title,
      memberIds: identities.idsOf(group),
      sessions: group.sessions,
      coherence,
      confidence,
      patternId: pattern?.patternId ?? null,
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
    trends: described
      .map(([, series]) => ({ ...series, anomalies: anomaliesOf.get(series.patternId) ?? [] }))
      .sort((a, b) => byId(a.patternId, b.patternId)),
    anomalies,
    assignments: assignmentsOf({
      table,
      groups,
      identities,
      order,
      chosen: rows,
      clusters: new Map(found.map(({ group }, index) => [group, clusterIds[index] ?? ''])),
      patterns: standing.map(({ patternId, part: { members } }) => ({ patternId, members })),
    }),
    skipped: [],
  };
}
