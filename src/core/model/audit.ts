import * as z from 'zod/mini';
import { count, identitySources, isoTime, stored } from './common';

/** Who made a change, as far as the program can know: nobody proves who they are. */
export const auditWhoSchema = z.object({
  name: z.optional(z.string()),
  email: z.optional(z.string()),
  /** What named them. */
  from: z.enum(identitySources),
  face: z.enum(['extension', 'cli', 'library']),
  /** Kind of process, as in `extension-host` or `command-line deploy`. */
  process: z.string(),
});
export type AuditWho = z.infer<typeof auditWhoSchema>;

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
  who: z.optional(auditWhoSchema),
  /** SHA-256 of what was there before and after: of a file's bytes, or of a record's canonical JSON; null for none. */
  before: z.optional(z.nullable(z.string())),
  after: z.optional(z.nullable(z.string())),
  why: z.optional(z.string()),
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** The end of one writer's chain: how many entries it has, and the hash of the last. */
export const auditHeadSchema = z.object({ writer: z.string(), entries: count, hash: z.string() });
export type AuditHead = z.infer<typeof auditHeadSchema>;

export const checkpointAction = 'audit.checkpoint';
/** `detail` of a checkpoint: the chains of all other writers, as this one saw them. */
export const checkpointSchema = z.object({ heads: z.array(auditHeadSchema) });
