import * as z from 'zod/mini';
import { count, isoTime, stored } from './common';

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
});
export type StageRecord = z.infer<typeof stageRecordSchema>;

/** What one run of the pipeline did. `partial`: some agents failed and the rest went on. */
export const executionSchema = z.object({
  ...stored,
  executionId: z.string(),
  trigger: z.enum(['command', 'cli', 'schedule', 'test']),
  status: z.enum(['running', 'completed', 'partial', 'failed', 'cancelled', 'timed-out']),
  startedAt: isoTime,
  endedAt: z.nullable(isoTime),
  agents: z.array(z.string()),
  stages: z.array(stageRecordSchema),
});
export type Execution = z.infer<typeof executionSchema>;

/** Short result of an execution, for lists and reports. */
export const executionResultSchema = z.object({
  ...stored,
  executionId: z.string(),
  improvementSummary: z.object({ proposed: count, drafts: count, improvementIds: z.array(z.string()) }),
  validationSummary: z.object({ ship: count, reject: count, inconclusive: count }),
  deploymentSummary: z.object({ deployed: count, waiting: count }),
  corrections: count,
  patterns: count,
});
export type ExecutionResult = z.infer<typeof executionResultSchema>;

export const healthStatusSchema = z.enum(['healthy', 'degraded', 'failing', 'unknown']);
export type HealthStatus = z.infer<typeof healthStatusSchema>;

/** State of the system and of each component, from records and checks. */
export const healthSchema = z.object({
  ...stored,
  healthId: z.string(),
  checkedAt: isoTime,
  status: healthStatusSchema,
  components: z.array(z.object({ name: z.string(), status: healthStatusSchema, detail: z.string() })),
  alerts: z.array(
    z.object({ severity: z.enum(['info', 'warning', 'error']), message: z.string(), remedy: z.string() }),
  ),
});
export type Health = z.infer<typeof healthSchema>;
