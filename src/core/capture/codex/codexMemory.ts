import * as z from 'zod/mini';
import { codexCopiesSchema } from './codexCopies';
import { codexWordsSchema } from './codexWords';

/** What a reader of a rollout remembers from line to line, as JSON. */
export const codexMemorySchema = z.object({
  session: z.optional(
    z.object({
      id: z.optional(z.string()),
      cwd: z.optional(z.string()),
      subagent: z.optional(z.string()),
      byProgram: z.boolean(),
      unattended: z.boolean(),
      hosted: z.boolean(),
    }),
  ),
  time: z.optional(z.string()),
  span: z.optional(z.tuple([z.string(), z.string()])),
  told: z.boolean(),
  /** Folder of the turn, which may differ from the session's. */
  folder: z.optional(z.string()),
  /** A model is asked for approvals. */
  asksModel: z.boolean(),
  prompts: z.array(z.object({ path: z.string(), contentHash: z.optional(z.string()) })),
  copies: codexCopiesSchema,
  words: codexWordsSchema,
  /** Patches that wait for their result, by call. */
  patches: z.array(z.tuple([z.string(), z.object({ text: z.string(), folder: z.optional(z.string()) })])),
  /** Calls whose edits were told. */
  edited: z.array(z.string()),
  /** Calls whose denial was told. */
  denied: z.array(z.string()),
});
export type CodexMemory = z.infer<typeof codexMemorySchema>;
