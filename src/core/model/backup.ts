import * as z from 'zod/mini';
import { count, isoTime, stored } from './common';

const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** First entry of every archive, `manifest.json`: what else it holds, in the order in which it lies there. */
export const backupManifestSchema = z.object({
  ...stored,
  createdAt: isoTime,
  product: z.object({ name: z.string(), version: z.string() }),
  files: z.array(
    z.object({
      /** `records/<path below .claude-pm>` or `prompts/<path in the workspace>`, with forward slashes. */
      path: z.string(),
      sha256,
      bytes: count,
    }),
  ),
});
export type BackupManifest = z.infer<typeof backupManifestSchema>;
export type BackupFile = BackupManifest['files'][number];

/**
 * A restore that is under way, beside the files that it brings. It is written when all of them are verified and on the disk, and gone
 * once every one is in its place: one that is found by the next who holds the workspace's lock was interrupted.
 */
export const restoreJournalSchema = z.object({
  ...stored,
  /** File name of the archive. */
  archive: z.string(),
  startedAt: isoTime,
  /** `back` once something failed: what was done is then taken back. */
  direction: z.enum(['forward', 'back']),
  /** Folder below `.claude-pm/` where what was there is kept. */
  aside: z.string(),
  /** Files and folders below `.claude-pm/` that are exchanged as a whole; `staged` where the archive holds them. */
  units: z.array(z.object({ path: z.string(), staged: z.boolean() })),
  /** Files below `.claude-pm/` that are brought where there is none: logs that only grow, and copies. */
  additions: z.array(z.string()),
  /** Prompt files by the SHA-256 of their bytes before and after; null for no file. */
  prompts: z.array(z.object({ path: z.string(), before: z.nullable(sha256), after: sha256 })),
});
export type RestoreJournal = z.infer<typeof restoreJournalSchema>;
