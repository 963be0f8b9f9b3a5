import * as z from 'zod/mini';

/** What a reader of a Cursor transcript remembers from line to line, as JSON. */
export const cursorMemorySchema = z.object({
  /** The last time that a user text gave. */
  time: z.optional(z.string()),
  /** A text with the wrapper of a person's words has come. */
  wrapped: z.boolean(),
  /** A turn has begun and not ended. */
  open: z.boolean(),
});
export type CursorMemory = z.infer<typeof cursorMemorySchema>;
