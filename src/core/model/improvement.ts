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

export const checkNames = [
  'duplicate',
  'contradiction',
  'private-details',
  'copied-text',
  'injected-order',
  'token-cost',
  'reading-level',
] as const;
export type CheckName = (typeof checkNames)[number];

/** What one of the shared checks says of a hunk. `noted` is shown and lowers the confidence; `failed` is never proposed. */
export const checkResultSchema = z.object({
  check: z.enum(checkNames),
  outcome: z.enum(['passed', 'noted', 'failed']),
  /** One sentence with its figures, for the person. */
  note: z.string(),
});
export type CheckResult = z.infer<typeof checkResultSchema>;

/** What became of earlier hunks: a hunk counts once, by what is known of it last. */
export const outcomeCountsSchema = z.object({
  accepted: count,
  /** Accepted after the person changed its words. */
  edited: count,
  /** By the kind of reason that was given; `not-now` says nothing about the strategy and is left out of the factor. */
  rejected: z.record(z.string(), count),
  rolledBack: count,
  observedBetter: count,
  observedWorse: count,
  /** Of improvements that nobody has decided yet. */
  ship: count,
  reject: count,
  inconclusive: count,
});
export type OutcomeCounts = z.infer<typeof outcomeCountsSchema>;

/** What the outcomes of a hunk's strategy did to it. */
export const outcomeWeightSchema = z.object({
  strategy: strategySchema,
  /** In [0.8, 1.1]. */
  factor: z.number().check(z.minimum(0.8), z.maximum(1.1)),
  /** `agent`: of this agent alone; `all`: it has too few of its own. */
  of: z.enum(['agent', 'all']),
  counts: outcomeCountsSchema,
  /** The strategy that would have come first, and how probable it is that this one does better. */
  insteadOf: z.optional(
    z.object({ strategy: strategySchema, probability: unit, counts: outcomeCountsSchema }),
  ),
});
export type OutcomeWeight = z.infer<typeof outcomeWeightSchema>;

/**
 * Factors of a confidence: how well the corrections support the edit, how plainly the words say the rule, and what the static
 * check says (no model ran).
 */
export const confidencePartsSchema = z.object({
  evidence: unit,
  clarity: unit,
  /** Left out in records of earlier releases. */
  check: z.optional(unit),
  /** Left out where the strategy has no outcomes yet. */
  outcomes: z.optional(outcomeWeightSchema),
});
export type ConfidenceParts = z.infer<typeof confidencePartsSchema>;

/** Who wrote a hunk's words. */
export const writerSchema = z.object({
  kind: z.enum(['offline', 'model']),
  /** `provider:name`, for a model. */
  model: z.optional(z.string()),
});
export type Writer = z.infer<typeof writerSchema>;

/** Where a rule holds: in all of a person's projects, in this one, in a folder of it, or for one agent. */
export const scopeSchema = z.object({
  kind: z.enum(['personal', 'project', 'folder', 'agent']),
  /** One sentence. */
  reason: z.string(),
});
export type RuleScope = z.infer<typeof scopeSchema>;

/** What holds where wording does not: a ready draft that a person can save. */
export const adviceSchema = z.object({
  kind: z.enum(['hook', 'lint-rule']),
  reason: z.string(),
  /** Files as they could be, relative to the workspace. Nothing writes them by itself. */
  files: z.array(z.object({ path: z.string(), text: z.string() })),
});
export type Advice = z.infer<typeof adviceSchema>;

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
  /** Estimated change of the prompt's length in tokens. */
  tokenDelta: z.int(),
  decision: decisionSchema,
  decisionReason: z.optional(z.string()),
  decidedAt: z.optional(isoTime),
  /** What the person made of `after` before accepting it. */
  editedAfter: z.optional(z.string()),
  /** What it comes from; left out: corrections. `prompt-check`: a finding about the prompts themselves. */
  origin: z.optional(z.enum(['corrections', 'prompt-check'])),
  writer: z.optional(writerSchema),
  confidenceParts: z.optional(confidencePartsSchema),
  checks: z.optional(z.array(checkResultSchema)),
  scope: z.optional(scopeSchema),
  advice: z.optional(adviceSchema),
  /** The person moved it to another prompt; it is decided there. */
  movedTo: z.optional(z.object({ templateId: z.string(), improvementId: z.string() })),
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
  confidenceParts: confidencePartsSchema,
  hunks: z.array(hunkSchema),
  /** For patterns that no wording holds any longer, so that they have no hunk. */
  advice: z.optional(z.array(z.object({ patternId: z.string(), rule: z.string(), advice: adviceSchema }))),
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
