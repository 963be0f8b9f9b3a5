import * as z from 'zod/mini';
import { tagPattern } from '../templates/versionTag';
import { count, isoTime, stored, strategySchema, tierSchema, unit, verdictSchema } from './common';

export const templateTypeSchema = z.enum([
  'agent_prompt',
  'system_prompt',
  'task_template',
  'response_template',
  'validation_template',
]);
export type TemplateType = z.infer<typeof templateTypeSchema>;

/** One managed prompt. `templateId` is a slug of its path, since names collide across tools. */
export const templateSchema = z.object({
  ...stored,
  templateId: z.string(),
  templateType: templateTypeSchema,
  agentType: z.string(),
  /** The file that agents read, relative to the workspace, with forward slashes. */
  path: z.string(),
  createdAt: isoTime,
  /** What a deployment writes by default, when the record was written; readers derive it anew from the versions. */
  currentVersion: z.string(),
  /** Version whose bytes were last seen in, or written to, the file. */
  deployedVersion: z.nullable(z.string()),
  /** Its id in the other program that it was imported from. */
  importedFrom: z.optional(z.string()),
});
export type Template = z.infer<typeof templateSchema>;

export const versionStatusSchema = z.enum([
  'draft',
  'testing',
  'approved',
  'active',
  'deprecated',
  'archived',
]);
export type VersionStatus = z.infer<typeof versionStatusSchema>;

export const tagSchema = z.string().check(z.regex(tagPattern));

export const versionNoteSchema = z.object({ text: z.string(), author: z.string(), at: isoTime });
export type VersionNote = z.infer<typeof versionNoteSchema>;

export const versionSchema = z.object({
  ...stored,
  /** `<templateId>@<version>` */
  versionId: z.string(),
  templateId: z.string(),
  version: z.string(),
  parentVersion: z.nullable(z.string()),
  contentHash: z.string(),
  origin: z.enum(['adopted', 'created', 'improvement', 'edited-outside', 'merged', 'copied', 'imported']),
  /** Id of the version of another template whose text this one holds. */
  copiedFrom: z.optional(z.string()),
  author: z.string(),
  createdAt: isoTime,
  status: versionStatusSchema,
  changeSummary: z.string(),
  strategy: z.nullable(strategySchema),
  improvementId: z.optional(z.string()),
  hunkIds: z.array(z.string()),
  /** Accepted hunks that this version takes out again. */
  removedHunkIds: z.optional(z.array(z.string())),
  patternIds: z.array(z.string()),
  validation: z.optional(z.object({ reportId: z.string(), verdict: verdictSchema, tier: tierSchema })),
  tags: z.optional(z.array(tagSchema)),
  /** Oldest first. */
  notes: z.optional(z.array(versionNoteSchema)),
  /** The version's number as another program wrote it, where this one was imported from there. */
  importedVersion: z.optional(z.string()),
});
export type TemplateVersion = z.infer<typeof versionSchema>;

/** What changed between two versions. */
export const comparisonSchema = z.object({
  ...stored,
  comparisonId: z.string(),
  templateId: z.string(),
  from: z.string(),
  to: z.string(),
  linesAdded: count,
  linesRemoved: count,
  sectionsChanged: z.array(z.string()),
  /** Dice coefficient of the two texts' lines. */
  similarity: unit,
  tokenDelta: z.int(),
  diff: z.string(),
  createdAt: isoTime,
});
export type Comparison = z.infer<typeof comparisonSchema>;

/**
 * One write of a version into its file, or a rollback: the bytes before it are in `backup`. A version or hash of null: no file, before a
 * first deployment and after it was rolled back.
 */
export const deploymentSchema = z.object({
  ...stored,
  deploymentId: z.string(),
  kind: z.enum(['adopt', 'deploy', 'rollback']),
  templateId: z.string(),
  agentType: z.string(),
  target: z.string(),
  fromVersion: z.nullable(z.string()),
  toVersion: z.nullable(z.string()),
  contentHashBefore: z.nullable(z.string()),
  contentHashAfter: z.nullable(z.string()),
  /** Name in `template_management/backups`; null when there were no bytes before. */
  backup: z.nullable(z.string()),
  /** The file was read back and held the bytes. */
  verified: z.boolean(),
  reason: z.string(),
  /** All that was written in one step bears one. */
  rolloutId: z.optional(z.string()),
  /** `<templateId>@<version>` of the other template that was deployed here. */
  copiedFrom: z.optional(z.string()),
  /** Why a gate was overridden, in the person's words. */
  override: z.optional(z.string()),
  author: z.string(),
  deployedAt: isoTime,
});
export type Deployment = z.infer<typeof deploymentSchema>;
