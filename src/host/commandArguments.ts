import * as z from 'zod/mini';

/**
 * What a command may be told: by a tree row, a CodeLens, a link, a key binding or a test. Everything is optional; what is
 * missing is asked for. `confirmed` stands for the answer to the command's own question and skips no check of the core.
 */
const argumentsSchema = z.object({
  agentType: z.optional(z.string()),
  /** Run for every agent, without asking. */
  all: z.optional(z.boolean()),
  templateId: z.optional(z.string()),
  version: z.optional(z.string()),
  /** State that a version is moved to. */
  status: z.optional(z.string()),
  tag: z.optional(z.string()),
  note: z.optional(z.string()),
  /** The other version of a comparison. */
  other: z.optional(z.string()),
  patternId: z.optional(z.string()),
  improvementId: z.optional(z.string()),
  experimentId: z.optional(z.string()),
  correctionId: z.optional(z.string()),
  findingId: z.optional(z.string()),
  hunkId: z.optional(z.string()),
  /** Index in a hunk's evidence. */
  evidence: z.optional(z.number()),
  reason: z.optional(z.string()),
  /** Prompt file that a hunk is moved to; it need not exist. */
  path: z.optional(z.string()),
  /** Leave the hunk where it is, too. */
  copy: z.optional(z.boolean()),
  /** Why a gate is overridden. */
  override: z.optional(z.string()),
  /** Of a file that is written. */
  format: z.optional(z.string()),
  /** Of the report: `monitoring`, or all of it. */
  part: z.optional(z.string()),
  /** Agents whose prompt files are written. */
  agents: z.optional(z.array(z.string())),
  /** Step that is taken back. */
  rolloutId: z.optional(z.string()),
  confirmed: z.optional(z.boolean()),
});
export type CommandArguments = z.infer<typeof argumentsSchema>;

/** The first argument of a command, when it is one of ours; VS Code passes addresses and groups too. */
export function readArguments(value: unknown): CommandArguments {
  const parsed = argumentsSchema.safeParse(value);
  return parsed.success ? parsed.data : {};
}
