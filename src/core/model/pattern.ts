import * as z from 'zod/mini';
import {
  correctionTypeSchema,
  count,
  evidenceSchema,
  interval,
  isoTime,
  severitySchema,
  signalSchema,
  stored,
  unit,
} from './common';

/** Slope in corrections per week and its 95% interval; nulls where the history is too short to tell. */
export const trendSchema = z.object({
  direction: z.enum(['rising', 'falling', 'steady', 'unknown']),
  slopePerWeek: z.nullable(z.number()),
  interval: z.nullable(interval),
  pValue: z.nullable(unit),
});
export type Trend = z.infer<typeof trendSchema>;

/** What the next weeks are expected to hold, should nothing be done. */
export const forecastSchema = z.object({
  /** How it was made, in words for a reader. */
  method: z.string(),
  /** Coverage that the prediction intervals state, for example 0.8. */
  level: unit,
  /** Sessions of the agent that each week is expected to have. */
  exposure: z.number(),
  /** Corrections expected in the week from `start` (Monday, UTC), with the prediction interval of the count. */
  weeks: z.array(z.object({ start: isoTime, expected: z.number(), interval })),
});
export type Forecast = z.infer<typeof forecastSchema>;

export const anomalySchema = z.object({
  patternId: z.string(),
  weekStart: isoTime,
  observed: count,
  expected: z.number(),
  /** Robust z-score: distance from the median in units of 1.4826 MAD; null where the MAD is 0. */
  zScore: z.nullable(z.number()),
  /** Chance of so many corrections or more at the rate of the past: tail of Poisson counts, of clustered ones where these vary more. */
  pValue: unit,
  /** The same, adjusted for all weeks of all patterns that were tested (Benjamini-Hochberg). */
  adjustedPValue: z.optional(unit),
});
export type Anomaly = z.infer<typeof anomalySchema>;

/** Weekly counts of one pattern over the whole history, zero weeks included. */
export const trendSeriesSchema = z.object({
  ...stored,
  patternId: z.string(),
  /** `start` is the Monday (UTC) of the week; `exposure` the sessions of the agent in it. */
  bins: z.array(z.object({ start: isoTime, corrections: count, exposure: count })),
  trend: trendSchema,
  /** Null where the history is too short for one; left out in records of earlier releases. */
  forecast: z.optional(z.nullable(forecastSchema)),
  anomalies: z.optional(z.array(anomalySchema)),
});
export type TrendSeries = z.infer<typeof trendSeriesSchema>;

export const exemplarSchema = z.object({
  correctionId: z.string(),
  sessionId: z.string(),
  timestamp: isoTime,
  text: z.string(),
  originalResponse: z.string(),
  evidence: evidenceSchema,
});
export type Exemplar = z.infer<typeof exemplarSchema>;

/** Is there an instruction in the prompt that covers the pattern? */
export const coverageSchema = z.object({
  state: z.enum(['missing', 'disobeyed', 'unknown']),
  /** Line in the prompt (from 1) and its text, where one covers the pattern. */
  line: z.optional(count),
  instruction: z.optional(z.string()),
  similarity: z.optional(unit),
});
export type Coverage = z.infer<typeof coverageSchema>;

/** How many of the members have each value; what none has is left out. */
export const dimensionsSchema = z.object({
  agents: z.record(z.string(), count),
  types: z.partialRecord(correctionTypeSchema, count),
  signals: z.partialRecord(signalSchema, count),
  severities: z.partialRecord(severitySchema, count),
  /** File name extensions in lower case with their dot, of the tool's or the edit's file; only where one is known. */
  fileKinds: z.record(z.string(), count),
  /** Names of the agent's tools; only where one is known. */
  tools: z.record(z.string(), count),
});
export type Dimensions = z.infer<typeof dimensionsSchema>;

/** What became of a pattern's members between two runs. */
export const lineageSchema = z.object({
  at: isoTime,
  /** `merged`: it took in members of `patternIds`. `split`: members of its own went to `patternIds`. `born`: it came out of `patternIds`. */
  event: z.enum(['merged', 'split', 'born']),
  patternIds: z.array(z.string()),
});
export type Lineage = z.infer<typeof lineageSchema>;

/** A kind of correction that recurs in several distinct sessions. */
export const patternSchema = z.object({
  ...stored,
  patternId: z.string(),
  title: z.string(),
  agentType: z.string(),
  correctionType: correctionTypeSchema,
  severity: severitySchema,
  support: z.object({ corrections: count, sessions: count, days: count }),
  /** Severity weight times the pattern's sessions per exposed session of the agent. */
  impact: z.number(),
  impactParts: z.optional(z.object({ severityWeight: unit, sessions: count, exposedSessions: count })),
  confidence: unit,
  /** Factors of the confidence, each in [0, 1], for "why 0.83?". */
  confidenceParts: z.object({ recurrence: unit, coherence: unit }),
  trend: trendSchema,
  coverage: coverageSchema,
  /** At most five, the most typical first. */
  exemplars: z.array(exemplarSchema),
  memberIds: z.array(z.string()),
  terms: z.array(z.string()),
  dimensions: z.optional(dimensionsSchema),
  lineage: z.optional(z.array(lineageSchema)),
  firstSeen: isoTime,
  lastSeen: isoTime,
});
export type Pattern = z.infer<typeof patternSchema>;

/** A group of like corrections; a pattern when its confidence passes the threshold. */
export const clusterSchema = z.object({
  ...stored,
  clusterId: z.string(),
  agentType: z.string(),
  title: z.string(),
  memberIds: z.array(z.string()),
  sessions: count,
  coherence: unit,
  confidence: unit,
  patternId: z.nullable(z.string()),
  /** Place on the map of clusters, each coordinate in [-1, 1]: what is near is alike. */
  position: z.optional(z.tuple([z.number(), z.number()])),
});
export type Cluster = z.infer<typeof clusterSchema>;
