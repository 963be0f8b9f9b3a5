import * as z from 'zod/mini';
import { isoTime, stored } from './common';

/** A record as it stood before the change; null where there was none. */
const recordStepSchema = z.object({
  kind: z.literal('record'),
  collection: z.string(),
  id: z.string(),
  before: z.nullable(z.unknown()),
});

/** A target file by the SHA-256 of its bytes before and after; null for no file. The bytes before lie in the content store. */
const fileStepSchema = z.object({
  kind: z.literal('file'),
  path: z.string(),
  before: z.nullable(z.string()),
  after: z.nullable(z.string()),
});

export const changeStepSchema = z.discriminatedUnion('kind', [recordStepSchema, fileStepSchema]);
export type ChangeStep = z.infer<typeof changeStepSchema>;
export type FileStep = z.infer<typeof fileStepSchema>;
export type RecordStep = z.infer<typeof recordStepSchema>;

/**
 * A change of several records and files while it is under way: what it takes to take it back. It is gone once the change is whole, so
 * one that is found by the next who holds the workspace's lock was interrupted (write-ahead undo log; Gray and Reuter 1993, chapter 9).
 */
export const pendingChangeSchema = z.object({
  ...stored,
  changeId: z.string(),
  /** What is being done, for a reader: "deploy 1.2.0". */
  what: z.string(),
  subject: z.string(),
  startedAt: isoTime,
  /** In the order in which they were begun. */
  steps: z.array(changeStepSchema),
});
export type PendingChange = z.infer<typeof pendingChangeSchema>;
