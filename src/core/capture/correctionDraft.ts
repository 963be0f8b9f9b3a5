import * as z from 'zod/mini';
import { correctionTypeSchema, severitySchema, signalSchema } from '../model/common';

/** A correction as it was found: nothing redacted, mapped or cut yet. */
export const correctionDraftSchema = z.object({
  signal: signalSchema,
  agentType: z.string(),
  line: z.number(),
  lineId: z.string(),
  at: z.string(),
  /** Tells apart what stands on one line. */
  toolUseId: z.optional(z.string()),
  words: z.string(),
  agentText: z.string(),
  tool: z.optional(z.object({ name: z.string(), file: z.optional(z.string()), excerpt: z.string() })),
  edit: z.optional(z.object({ file: z.string(), before: z.string(), after: z.string() })),
  taskDescription: z.optional(z.string()),
  likelihood: z.number(),
  /** What the likelihood of a message rests on, and what spoke for it most. */
  judgedBy: z.optional(z.enum(['words', 'reply'])),
  because: z.optional(z.array(z.string())),
  /** What was said of it when it was recorded: holds before what the words tell. */
  given: z.optional(
    z.object({ correctionType: z.optional(correctionTypeSchema), severity: z.optional(severitySchema) }),
  ),
});
export type CorrectionDraft = Readonly<z.infer<typeof correctionDraftSchema>>;
