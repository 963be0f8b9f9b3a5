import * as z from 'zod/mini';
import {
  correctionTypeSchema,
  count,
  evidenceSchema,
  isoTime,
  severitySchema,
  signalSchema,
  sourceNameSchema,
  stored,
  unit,
} from './common';

/** One moment when a person set the agent right. All text is redacted and untrusted. */
export const correctionSchema = z.object({
  ...stored,
  /** Derived from source, session, line id and signal: importing again finds it. */
  correctionId: z.string(),
  source: z.union([sourceNameSchema, z.literal('manual')]),
  signal: signalSchema,
  agentType: z.string(),
  sessionId: z.string(),
  timestamp: isoTime,
  correctionType: correctionTypeSchema,
  severity: severitySchema,
  /** The person's words; empty for an event without words (an interrupt, a bare rejection). */
  userCorrection: z.string(),
  /** Excerpt of what the agent had said or done. */
  originalResponse: z.string(),
  tool: z.optional(z.object({ name: z.string(), file: z.optional(z.string()) })),
  edit: z.optional(z.object({ file: z.string(), before: z.string(), after: z.string() })),
  taskDescription: z.optional(z.string()),
  context: z.optional(z.record(z.string(), z.unknown())),
  /** How likely this event is a correction at all: 1 for a hard signal with a reason, the classifier's figure otherwise. */
  likelihood: unit,
  /** The words state something that should hold next time too ("never…", "from now on…"). */
  standingInstruction: z.boolean(),
  /** The prompt that was in force, where the source tells. */
  promptInForce: z.optional(z.object({ path: z.string(), contentHash: z.optional(z.string()) })),
  evidence: evidenceSchema,
  /** Number of secrets that were taken out of the texts above. */
  redactions: count,
});
export type Correction = z.infer<typeof correctionSchema>;

/** One transcript that was read, kept as exposure: how often an agent could have been corrected. */
export const sessionSchema = z.object({
  ...stored,
  sessionId: z.string(),
  source: sourceNameSchema,
  path: z.string(),
  startedAt: isoTime,
  endedAt: isoTime,
  /** Human turns by the agent that they addressed. */
  interactions: z.record(z.string(), count),
});
export type Session = z.infer<typeof sessionSchema>;
