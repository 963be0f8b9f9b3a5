import * as z from 'zod/mini';
import { count, isoTime, stored, tierSchema, unit, verdictSchema } from './common';

export const stageNames = ['capture', 'analyze', 'improve', 'validate', 'deploy', 'observe'] as const;
export const stageNameSchema = z.enum(stageNames);
export type StageName = z.infer<typeof stageNameSchema>;

export const stageRecordSchema = z.object({
  stage: stageNameSchema,
  /** null for a stage that serves all agents at once. */
  agentType: z.nullable(z.string()),
  status: z.enum(['completed', 'failed', 'skipped', 'cancelled']),
  startedAt: isoTime,
  endedAt: isoTime,
  counts: z.record(z.string(), z.number()),
  error: z.optional(
    z.object({ code: z.string(), message: z.string(), subject: z.string(), remedy: z.string() }),
  ),
  /** Ids of what it made: improvements, or reports. With them a run that was interrupted goes on without doing it again. */
  outputs: z.optional(z.array(z.string())),
  /** What was considered and is not proposed, each with its reason. */
  dropped: z.optional(z.array(z.object({ about: z.string(), reason: z.string() }))),
});
export type StageRecord = z.infer<typeof stageRecordSchema>;

/** What a run was asked to do; a resumed one does the same. */
export const runRequestSchema = z.object({
  agentTypes: z.optional(z.array(z.string())),
  patternIds: z.optional(z.array(z.string())),
  skipCapture: z.optional(z.boolean()),
  /** A model was to write the rules. */
  model: z.optional(z.boolean()),
});
export type RunRequest = z.infer<typeof runRequestSchema>;

/** What was decided about deploying an improvement by itself, and from what figures. */
export const deploymentDecisionSchema = z.object({
  improvementId: z.string(),
  deployed: z.boolean(),
  /** One sentence; of several reasons against it, all. */
  because: z.string(),
  inputs: z.object({
    status: z.string(),
    verdict: z.nullable(verdictSchema),
    tier: z.nullable(tierSchema),
    confidence: unit,
    confidenceThreshold: unit,
    effectiveness: z.nullable(unit),
    effectivenessThreshold: unit,
    reportId: z.nullable(z.string()),
    /** Hunks that a person has rejected, or changed. */
    handledHunks: count,
  }),
});
export type DeploymentDecision = z.infer<typeof deploymentDecisionSchema>;

/** Resident memory, in bytes, of the process that ran; in a window it holds other extensions too. */
export const runMemorySchema = z.object({
  /** When the run began. */
  atStart: count,
  /** The most while it ran. */
  peak: count,
  /** `peak` is what the system kept count of; else the most of what was seen twice a second, which may miss a short one. */
  exact: z.boolean(),
});
export type RunMemory = z.infer<typeof runMemorySchema>;

/**
 * What one run of the pipeline did; it is kept after each stage of each agent, so it is also what a resumed run goes on from.
 * `partial`: some agents failed and the rest went on. `interrupted`: its process ended in the midst of it, and another run came instead
 * of a resumption; one that can still be resumed reads `running` or `paused` while nobody holds the run's lock.
 */
export const executionSchema = z.object({
  ...stored,
  executionId: z.string(),
  trigger: z.enum(['command', 'cli', 'schedule', 'library', 'test']),
  status: z.enum([
    'running',
    'paused',
    'completed',
    'partial',
    'failed',
    'cancelled',
    'timed-out',
    'interrupted',
  ]),
  startedAt: isoTime,
  endedAt: z.nullable(isoTime),
  agents: z.array(z.string()),
  stages: z.array(stageRecordSchema),
  request: z.optional(runRequestSchema),
  /** The stage under way, while one is. */
  current: z.optional(z.object({ stage: stageNameSchema, agentType: z.nullable(z.string()) })),
  decisions: z.optional(z.array(deploymentDecisionSchema)),
  /** The decision that is being carried out. */
  deciding: z.optional(deploymentDecisionSchema),
  /** How often it was taken up again after its process had ended. */
  resumes: z.optional(count),
  /** Left out in records of earlier releases, and by a run that must repeat exactly. */
  memory: z.optional(runMemorySchema),
});
export type Execution = z.infer<typeof executionSchema>;

/** Short result of an execution, for lists and reports. */
export const executionResultSchema = z.object({
  ...stored,
  executionId: z.string(),
  improvementSummary: z.object({
    proposed: count,
    drafts: count,
    improvementIds: z.array(z.string()),
    /** Proposals and drafts, as all the following left out in records of earlier releases. */
    totalImprovements: z.optional(count),
    /** Those that a validation reached any verdict about. */
    improvementsValidated: z.optional(count),
  }),
  validationSummary: z.object({ ship: count, reject: count, inconclusive: count }),
  deploymentSummary: z.object({
    deployed: count,
    waiting: count,
    decisions: z.optional(z.array(deploymentDecisionSchema)),
  }),
  corrections: count,
  patterns: count,
  /** Why the run is not `completed`; the stage that the time limit or a cancellation cut is among them. */
  failures: z.optional(
    z.array(
      z.object({
        stage: stageNameSchema,
        agentType: z.nullable(z.string()),
        code: z.string(),
        message: z.string(),
        remedy: z.string(),
      }),
    ),
  ),
});
export type ExecutionResult = z.infer<typeof executionResultSchema>;

/** What a run that goes on is to do next; any process may write it. */
export const runControlSchema = z.object({
  ...stored,
  executionId: z.string(),
  wish: z.enum(['go-on', 'pause', 'cancel']),
  at: isoTime,
});
export type RunControl = z.infer<typeof runControlSchema>;

export const healthStatusSchema = z.enum(['healthy', 'degraded', 'failing', 'unknown']);
export type HealthStatus = z.infer<typeof healthStatusSchema>;

export const healthComponentSchema = z.object({
  name: z.string(),
  status: healthStatusSchema,
  detail: z.string(),
  /** What was done to find out. */
  checkedBy: z.optional(z.string()),
  durationMs: z.optional(z.number()),
  /** Since when the component has this status, as far as kept records tell. */
  since: z.optional(isoTime),
});
export type HealthComponent = z.infer<typeof healthComponentSchema>;

/** An alert as health shows it; those that were raised by a rule have a record in `alerts` too. */
export const healthAlertSchema = z.object({
  severity: z.enum(['info', 'warning', 'error']),
  message: z.string(),
  remedy: z.string(),
  alertId: z.optional(z.string()),
  rule: z.optional(z.string()),
  subject: z.optional(z.string()),
  raisedAt: z.optional(isoTime),
});
export type HealthAlert = z.infer<typeof healthAlertSchema>;

/** State of the system and of each component, from records and checks. */
export const healthSchema = z.object({
  ...stored,
  healthId: z.string(),
  checkedAt: isoTime,
  status: healthStatusSchema,
  components: z.array(healthComponentSchema),
  alerts: z.array(healthAlertSchema),
});
export type Health = z.infer<typeof healthSchema>;
