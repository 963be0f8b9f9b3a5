import * as z from 'zod/mini';
import { count, interval, isoTime, stored, tierSchema, unit, verdictSchema } from './common';

/** A case that a prompt should get right. In the static tier: a held-out correction that an instruction should cover. */
export const scenarioSchema = z.object({
  ...stored,
  scenarioId: z.string(),
  agentType: z.string(),
  task: z.string(),
  context: z.optional(z.string()),
  origin: z.enum(['correction', 'user', 'variation']),
  correctionId: z.optional(z.string()),
  sessionId: z.optional(z.string()),
  patternId: z.optional(z.string()),
  tags: z.array(z.string()),
});
export type Scenario = z.infer<typeof scenarioSchema>;

/** Paired outcomes of two prompts on the same scenarios; b is the new one. */
export const abTestSchema = z.object({
  ...stored,
  abTestId: z.string(),
  tier: tierSchema,
  pairs: count,
  discordant: z.object({ aOnly: count, bOnly: count }),
  passRate: z.object({ a: unit, b: unit }),
  /** Mean of b minus mean of a, with its 95% interval (Newcombe square-and-add). */
  difference: z.number(),
  interval: z.nullable(interval),
  mcnemarExact: unit,
  mcnemarMidP: unit,
  /** Beta posterior probability that the winner is better; never 1 - p. */
  confidenceLevel: unit,
  /** Pairs for 80% power at the observed effect; null where no effect was seen. */
  requiredPairs: z.nullable(count),
  createdAt: isoTime,
});
export type AbTest = z.infer<typeof abTestSchema>;

/** Outcome of every scenario under both prompts, and under the placebo. */
export const validationResultSchema = z.object({
  ...stored,
  resultId: z.string(),
  reportId: z.string(),
  outcomes: z.array(
    z.object({
      scenarioId: z.string(),
      a: z.boolean(),
      b: z.boolean(),
      placebo: z.optional(z.boolean()),
      /** Line (from 1) of the new prompt whose instruction covers the scenario. */
      coveredBy: z.optional(count),
      /** Where a model answered several times: how many of the answers passed. */
      repeats: z.optional(z.object({ a: count, b: count, of: count })),
    }),
  ),
});
export type ValidationResult = z.infer<typeof validationResultSchema>;

export const validationReportSchema = z.object({
  ...stored,
  reportId: z.string(),
  improvementId: z.nullable(z.string()),
  agentType: z.string(),
  tier: tierSchema,
  verdict: verdictSchema,
  /** Sentences that lead to the verdict, each with its numbers. */
  reasons: z.array(z.string()),
  abTestId: z.string(),
  abTest: abTestSchema,
  /** Share of the addressed scenarios that the new prompt passes, with its 95% Wilson interval. */
  effectiveness: z.nullable(z.object({ value: unit, interval, scenarios: count })),
  /** Scenarios that the old prompt passed and the new one fails. */
  regression: z.object({ passedBefore: count, lost: count }),
  /** The same comparison for a rule of the same length drawn from other patterns; it must not ship. */
  placebo: z.nullable(z.object({ text: z.string(), abTest: abTestSchema, verdict: verdictSchema })),
  heldOut: z.object({ trainingSessions: count, heldOutSessions: count, splitAt: z.nullable(isoTime) }),
  createdAt: isoTime,
});
export type ValidationReport = z.infer<typeof validationReportSchema>;
