import * as z from 'zod/mini';
import {
  correctionTypeSchema,
  count,
  evidenceSchema,
  interval,
  isoTime,
  severitySchema,
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

/** Weekly counts of one pattern over the whole history, zero weeks included. */
export const trendSeriesSchema = z.object({
  ...stored,
  patternId: z.string(),
  /** `start` is the Monday (UTC) of the week; `exposure` the sessions of the agent in it. */
  bins: z.array(z.object({ start: isoTime, corrections: count, exposure: count })),
  trend: trendSchema,
});
export type TrendSeries = z.infer<typeof trendSeriesSchema>;

export const anomalySchema = z.object({
  patternId: z.string(),
  weekStart: isoTime,
  observed: count,
  expected: z.number(),
  /** Robust z-score: distance from the median in units of 1.4826 MAD; null where the MAD is 0. */
  zScore: z.nullable(z.number()),
  /** Upper Poisson tail at the past mean. */
  pValue: unit,
});
export type Anomaly = z.infer<typeof anomalySchema>;

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
  confidence: unit,
  /** Factors of the confidence, each in [0, 1], for "why 0.83?". */
  confidenceParts: z.object({ recurrence: unit, coherence: unit }),
  trend: trendSchema,
  coverage: coverageSchema,
  /** At most five, the most typical first. */
  exemplars: z.array(exemplarSchema),
  memberIds: z.array(z.string()),
  terms: z.array(z.string()),
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
});
export type Cluster = z.infer<typeof clusterSchema>;
