import * as z from 'zod/mini';

/** What a webview may say to the extension host. Whatever does not parse is logged and ignored. */
export const reportMessageSchema = z.discriminatedUnion('type', [
  /** Opens the source of one correction that stands in the report. A page names no paths. */
  z.object({ type: z.literal('openSource'), correctionId: z.string() }),
]);
export type ReportMessage = z.infer<typeof reportMessageSchema>;

/** What the report remembers between being hidden, shown and restored after a restart. */
export const reportStateSchema = z.object({
  /** `data-keep` names of the details that the person opened or closed. */
  open: z.record(z.string(), z.boolean()),
  agent: z.string(),
  text: z.string(),
  scroll: z.number(),
});
export type ReportState = z.infer<typeof reportStateSchema>;
