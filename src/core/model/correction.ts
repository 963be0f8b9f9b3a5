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

/** A prompt that an agent obeyed at some time, and how that is known. */
export const promptInForceSchema = z.object({
  /** Relative to the workspace with forward slashes when it lies in it, else absolute. */
  path: z.string(),
  /** SHA-256 of the text. */
  contentHash: z.optional(z.string()),
  templateId: z.optional(z.string()),
  version: z.optional(z.string()),
  /**
   * `transcript`: the session's own record of what it loaded; `hook`: what the agent's hook noted as loaded; `deployment`: the version that was deployed at the time;
   * `file-history`: the file as version control, or its time of change, says that it was.
   */
  basis: z.enum(['transcript', 'hook', 'deployment', 'file-history']),
});
export type PromptInForce = z.infer<typeof promptInForceSchema>;

const editedSchema = z.object({
  at: isoTime,
  /** Keys that the person changed. */
  fields: z.array(z.string()),
  /** The person says that it is no correction: kept, and left out of every analysis. */
  dismissed: z.boolean(),
  reason: z.optional(z.string()),
});

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
  /** What the likelihood of a message rests on: its words alone, or also what the agent answered. */
  judgedBy: z.optional(z.enum(['words', 'reply'])),
  /** The words state something that should hold next time too ("never…", "from now on…"). */
  standingInstruction: z.boolean(),
  /** The words state or imply something that should hold next time too: wider and rougher than `standingInstruction`. */
  reusable: z.optional(z.boolean()),
  /** Why this type, this severity and this likelihood, in words for a reader. */
  reasons: z.optional(
    z.object({ correctionType: z.string(), severity: z.string(), likelihood: z.optional(z.string()) }),
  ),
  /** The prompt that was in force. */
  promptInForce: z.optional(promptInForceSchema),
  evidence: evidenceSchema,
  /** Number of secrets that were taken out of the texts above. */
  redactions: count,
  /** Set once a person changed the record, or dismissed it as no correction. */
  edited: z.optional(editedSchema),
});
export type Correction = z.infer<typeof correctionSchema>;

/** Of two records of the same event, does `a` tell more than `b`: what came behind it, the person's words, the agent's answer? */
export function tellsMore(a: Correction, b: Correction): boolean {
  const rank = ({ userCorrection, judgedBy }: Correction) => {
    if (userCorrection === '') return judgedBy === undefined ? 0 : 1;
    return judgedBy === 'reply' ? 3 : 2;
  };
  return rank(a) > rank(b);
}

/** What one agent did in a session. Tokens are sums over its messages, each kind for itself, as the service billed them. */
export const agentUsageSchema = z.object({
  /** Messages of the model; one that was written in several lines is one. */
  turns: count,
  /** Turns of which the transcript gives no tokens that can be read: the sums below are without them. */
  turnsWithoutTokens: count,
  /** Read anew; what came from a cache or went into one is not among them. */
  inputTokens: count,
  cacheWriteTokens: count,
  cacheReadTokens: count,
  /** As the transcript says: some versions of the tool note it only at the beginning of a message, and then it is too small. */
  outputTokens: count,
  /** Stops by a person, without those that only end the turn after a rejection. */
  interruptions: count,
});
export type AgentUsage = z.infer<typeof agentUsageSchema>;

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
  /** By agent. Absent where the source does not tell, and for what was read before it was kept. */
  usage: z.optional(z.record(z.string(), agentUsageSchema)),
});
export type Session = z.infer<typeof sessionSchema>;

/** Corrections that are gone for good and must not come back with the next import. Holds no text of theirs. */
export const forgottenSchema = z.object({
  ...stored,
  kind: z.enum(['id', 'session', 'before']),
  /** The correction's or the session's id, or a time: what is older is forgotten. */
  value: z.string(),
  at: isoTime,
});
export type Forgotten = z.infer<typeof forgottenSchema>;

/** What an agent's hook noted: a session that was seen, or a prompt file that was loaded into it. Written by `src/hook`. */
export const hookEventSchema = z.object({
  ...stored,
  at: isoTime,
  event: z.string(),
  sessionId: z.string(),
  /** Path of the transcript. */
  transcript: z.string(),
  agentType: z.optional(z.string()),
  /** Of `InstructionsLoaded`: the prompt file, the SHA-256 of its bytes then, and why it was loaded. */
  file: z.optional(z.string()),
  contentHash: z.optional(z.string()),
  loadReason: z.optional(z.string()),
});
export type HookEvent = z.infer<typeof hookEventSchema>;
