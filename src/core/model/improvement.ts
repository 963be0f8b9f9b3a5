import * as z from 'zod/mini';
import {
  count,
  evidenceSchema,
  isoTime,
  stored,
  strategySchema,
  tierSchema,
  unit,
  verdictSchema,
} from './common';

export const decisionSchema = z.enum(['pending', 'accepted', 'rejected']);
export type Decision = z.infer<typeof decisionSchema>;

/**
 * One independent change of a prompt. It replaces the lines `before` that start at `startLine` (from 0) of the base
 * version by `after`; an empty `before` inserts. Both hold whole lines with their line ends. Hunks of one improvement never overlap,
 * so any subset applies, bottom-up, in any order.
 */
export const hunkSchema = z.object({
  hunkId: z.string(),
  strategy: strategySchema,
  /** Path of headings, as in "Workflow > Sessions"; empty before the first heading. */
  section: z.string(),
  startLine: count,
  before: z.string(),
  after: z.string(),
  reason: z.string(),
  patternIds: z.array(z.string()),
  evidence: z.array(
    z.object({
      correctionId: z.string(),
      sessionId: z.string(),
      excerpt: z.string(),
      source: evidenceSchema,
    }),
  ),
  confidence: unit,
  /** Estimated change of the prompt's length in tokens (about four characters a token). */
  tokenDelta: z.int(),
  decision: decisionSchema,
  decisionReason: z.optional(z.string()),
  decidedAt: z.optional(isoTime),
  /** What the person made of `after` before accepting it. */
  editedAfter: z.optional(z.string()),
});
export type Hunk = z.infer<typeof hunkSchema>;

export const improvementStatusSchema = z.enum([
  'proposed',
  'draft',
  'accepted',
  'partly-accepted',
  'rejected',
  'superseded',
]);
export type ImprovementStatus = z.infer<typeof improvementStatusSchema>;

/** An ordered list of hunks for one template. `draft`: below the confidence threshold or resting on one moment. */
export const improvementSchema = z.object({
  ...stored,
  improvementId: z.string(),
  status: improvementStatusSchema,
  templateId: z.string(),
  agentType: z.string(),
  baseVersion: z.string(),
  baseHash: z.string(),
  /** The strategy with the largest effect on the version: structural, replacement, contextual, additive. */
  strategy: strategySchema,
  confidence: unit,
  confidenceParts: z.object({ evidence: unit, clarity: unit }),
  hunks: z.array(hunkSchema),
  createdAt: isoTime,
  /** Version that the accepted hunks made; a pre-release while hunks are pending. */
  version: z.optional(z.string()),
  validation: z.optional(z.object({ reportId: z.string(), verdict: verdictSchema, tier: tierSchema })),
});
export type Improvement = z.infer<typeof improvementSchema>;

/** What was decided about a pattern, so that asking again proposes nothing twice. */
export const patternDecisionSchema = z.object({
  ...stored,
  patternId: z.string(),
  state: z.enum(['proposed', 'addressed', 'rejected', 'dismissed']),
  improvementIds: z.array(z.string()),
  decidedAt: isoTime,
  /** Members when it was decided: more of them later is new evidence. */
  memberIds: z.array(z.string()),
});
export type PatternDecision = z.infer<typeof patternDecisionSchema>;

/** The working copy of a review: the text on the right side of the diff, with the person's own edits. */
export const reviewDraftSchema = z.object({
  ...stored,
  improvementId: z.string(),
  text: z.string(),
  updatedAt: isoTime,
});
export type ReviewDraft = z.infer<typeof reviewDraftSchema>;

/** How proposals for one template fare with the people who review them. */
export const improvementMetricsSchema = z.object({
  ...stored,
  templateId: z.string(),
  proposed: count,
  accepted: count,
  edited: count,
  rejected: count,
  rolledBack: count,
  tokenDelta: z.int(),
  updatedAt: isoTime,
});
export type ImprovementMetrics = z.infer<typeof improvementMetricsSchema>;
