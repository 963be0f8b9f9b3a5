import * as z from 'zod/mini';
import { count, isoTime, sourceNameSchema } from '../model/common';
import { walkMemorySchema } from './sessionWalk';
import { threadUsageSchema } from './usageTally';

/** What an agent wrote into a file, kept while a person may still rewrite it. Redacted. */
export const agentEditSchema = z.object({
  sessionId: z.string(),
  thread: z.string(),
  agentType: z.string(),
  /** Of the transcript, as it is to stand in the evidence. */
  path: z.string(),
  toolUseId: z.string(),
  line: count,
  lineId: z.string(),
  at: z.string(),
  file: z.string(),
  cwd: z.optional(z.string()),
  hunks: z.array(z.object({ marks: z.string(), lines: z.array(z.string()) })),
  /** The prompt that the agent obeyed, where the transcript tells. */
  prompt: z.optional(z.object({ path: z.string(), contentHash: z.optional(z.string()) })),
});
export type AgentEdit = z.infer<typeof agentEditSchema>;

/** What one file told of one session. */
export const sessionFindingSchema = z.object({
  source: sourceNameSchema,
  sessionId: z.string(),
  path: z.string(),
  /** The file holds the main thread, and not a subagent alone. */
  main: z.boolean(),
  startedAt: isoTime,
  endedAt: isoTime,
  /** Somebody said something. */
  spoken: z.boolean(),
  /** Keys of the human turns, by the agent that they addressed. */
  turns: z.record(z.string(), z.array(z.string())),
  /** Absent where the source does not tell. */
  usage: z.optional(z.array(threadUsageSchema)),
});
export type SessionFinding = z.infer<typeof sessionFindingSchema>;

/** What one transcript has told so far, so that it need not be read again to say so. */
export const fileFindingsSchema = z.object({
  /** Ids. */
  corrections: z.array(z.string()),
  sessions: z.array(sessionFindingSchema),
  skipped: z.array(z.object({ path: z.string(), line: count, reason: z.string() })),
  unknownTypes: z.record(z.string(), count),
  /** Keys of interrupt lines that belong to a rejection. */
  mergedInterrupts: z.array(z.string()),
  edits: z.array(agentEditSchema),
  /** When programs of agents began that have not ended yet, by tool use. */
  running: z.record(z.string(), z.string()),
});
export type FileFindings = z.infer<typeof fileFindingsSchema>;

/** What is kept of a transcript between two imports. Derived, and so in the cache; every text in it is redacted. */
export const checkpointSchema = z.object({
  /** Of the way of reading: what was read in another way is read again. */
  reading: z.string(),
  /** The source's own. */
  point: z.unknown(),
  findings: fileFindingsSchema,
  walks: z.array(z.object({ key: z.string(), agentType: z.string(), memory: walkMemorySchema })),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;
