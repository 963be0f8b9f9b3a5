import * as z from 'zod/mini';
import { count, isoTime, stored } from './common';

/** One line of a writer's hash chain: `hash` = SHA-256 of the entry without `hash`, as canonical JSON. */
export const auditEntrySchema = z.object({
  ...stored,
  entryId: z.string(),
  writer: z.string(),
  sequence: count,
  at: isoTime,
  action: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
