import * as z from 'zod/mini';

const pairs = z.array(z.tuple([z.string(), z.string()]));

const deliveredSchema = z.object({ line: z.number(), lineId: z.string(), at: z.string(), text: z.string() });

/** What a reader of a Claude Code transcript remembers from line to line, as JSON. */
export const claudeCodeMemorySchema = z.object({
  seen: z.array(z.string()),
  chainOf: pairs,
  chains: z.array(
    z.object({
      key: z.string(),
      agentType: z.string(),
      agentId: z.optional(z.string()),
      tools: z.array(z.tuple([z.string(), z.object({ name: z.string(), input: z.unknown() })])),
    }),
  ),
  delegations: z.object({ calls: pairs, prompts: pairs, agents: pairs }),
  queue: z.object({ waiting: z.array(z.string()), delivered: z.array(deliveredSchema) }),
  prompts: z.array(
    z.object({
      path: z.string(),
      contentHash: z.optional(z.string()),
      personal: z.optional(z.boolean()),
    }),
  ),
  sessionId: z.optional(z.string()),
  cwd: z.optional(z.string()),
  time: z.optional(z.string()),
});
export type ClaudeCodeMemory = z.infer<typeof claudeCodeMemorySchema>;
