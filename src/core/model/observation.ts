import * as z from 'zod/mini';
import { count, interval, isoTime, stored, unit } from './common';

/** Corrections a session and their interval (95%); nulls where there was no session. */
export const observedRateSchema = z.object({
  corrections: count,
  /** Sessions with at least one. */
  sessionsWith: count,
  rate: z.nullable(z.number()),
  interval: z.nullable(interval),
});
export type ObservedRate = z.infer<typeof observedRateSchema>;

/** What was seen while one version was live in one file. */
export const observedPeriodSchema = z.object({
  version: z.nullable(z.string()),
  /** Null: since before it was adopted, of which only is assumed that the text was the same. */
  from: z.nullable(isoTime),
  /** Null: still. */
  to: z.nullable(isoTime),
  /** Sessions of the agent that began and ended in it. */
  sessions: count,
  all: observedRateSchema,
  /** Corrections of the patterns that the deployment was to cure. */
  addressed: observedRateSchema,
});
export type ObservedPeriod = z.infer<typeof observedPeriodSchema>;

const differenceSchema = z.nullable(z.object({ value: z.number(), interval }));

/**
 * Before and after one deployment. Observational: nothing was randomised, and whatever else changed counts too. Intervals are of 95%:
 * quasi-Poisson score intervals, whose dispersion comes from both periods, and their square-and-add for the difference.
 */
export const observationSchema = z.object({
  ...stored,
  /** The deployment that is observed. */
  deploymentId: z.string(),
  templateId: z.string(),
  agentType: z.string(),
  target: z.string(),
  rolloutId: z.optional(z.string()),
  patternIds: z.array(z.string()),
  before: observedPeriodSchema,
  after: observedPeriodSchema,
  /** Sessions during which the version changed: part of neither period. */
  straddling: count,
  /** Corrections of the agent in either period whose session is not recorded: part of neither rate. */
  withoutSession: count,
  dispersion: z.object({ all: z.number(), addressed: z.number() }),
  /** After minus before, corrections a session. */
  change: z.object({ all: differenceSchema, addressed: differenceSchema }),
  /** The always-valid test that the share of sessions with an addressed correction rose; see `statistics/riseTest`. */
  test: z.object({
    alpha: unit,
    eValue: z.number(),
    /** Running maximum over all looks. */
    maximum: z.number(),
    /** Sessions after until it first reached 1/alpha; null where it did not. */
    crossedAt: z.nullable(count),
    sessionsUsed: z.object({ before: count, after: count }),
    sessionsWith: z.object({ before: count, after: count }),
    /** `no-patterns`: the deployment was to cure none, so there is nothing to test. */
    state: z.enum(['rose', 'not-yet', 'not-found', 'baseline-too-small', 'no-patterns']),
    /** Further sessions after which a doubling would be found, counts coming as expected; null where none would do, or it is done. */
    moreSessions: z.nullable(count),
  }),
  /** It is what stands in the file now. */
  live: z.boolean(),
  observedAt: isoTime,
  /** Set once, when the rise was found. */
  harmFoundAt: z.optional(isoTime),
  /** What was done by itself then. */
  rolledBack: z.optional(z.object({ at: isoTime, rolloutId: z.optional(z.string()) })),
});
export type Observation = z.infer<typeof observationSchema>;
