import * as z from 'zod/mini';
import { type Strategy, strategySchema } from '../model/common';
import {
  type TemplateType,
  templateTypeSchema,
  type VersionStatus,
  versionStatusSchema,
} from '../model/template';

// Written by a prototype, and by hand: a field of another shape counts as absent, it never fails the record.
const text = z.catch(z.optional(z.string()), undefined);
const words = z.catch(z.optional(z.array(z.string())), undefined);
const number = z.union([z.string().check(z.minLength(1)), z.number()]);
const type = z.catch(z.optional(templateTypeSchema), undefined);

/** A version as the Python prototype wrote it, as far as it is read. Scores and usage figures are left out: they were made up. */
const versionSchema = z.object({
  template_id: z.string().check(z.minLength(1)),
  version: number,
  content: z.string(),
  metadata: z.catch(
    z.optional(z.object({ template_type: type, agent_type: text, created_at: text, tags: words })),
    undefined,
  ),
  author: text,
  timestamp: text,
  status: z.catch(z.optional(versionStatusSchema), undefined),
  parent_version: z.catch(z.optional(number), undefined),
  change_summary: text,
  tags: words,
});

export interface LegacyVersion {
  readonly templateId: string;
  readonly version: string;
  readonly content: string;
  readonly templateType?: TemplateType | undefined;
  readonly agentType?: string | undefined;
  readonly author?: string | undefined;
  readonly timestamp?: string | undefined;
  readonly status?: VersionStatus | undefined;
  readonly parentVersion?: string | undefined;
  readonly changeSummary?: string | undefined;
  readonly tags: readonly string[];
}

/** The version, or in words what keeps it from being one. */
export function readLegacyVersion(value: unknown): LegacyVersion | string {
  const parsed = versionSchema.safeParse(value);
  if (!parsed.success) {
    const key = parsed.error.issues[0]?.path[0];
    return `${typeof key === 'string' ? key : 'a field of a version'} is missing or of the wrong kind`;
  }
  const { metadata, ...record } = parsed.data;
  return {
    templateId: record.template_id,
    version: String(record.version),
    content: record.content,
    templateType: metadata?.template_type,
    agentType: metadata?.agent_type,
    author: record.author,
    timestamp: record.timestamp ?? metadata?.created_at,
    status: record.status,
    parentVersion: record.parent_version === undefined ? undefined : String(record.parent_version),
    changeSummary: record.change_summary,
    tags: [...(record.tags ?? []), ...(metadata?.tags ?? [])],
  };
}

const entrySchema = z.object({
  template_type: type,
  agent_type: text,
  current_version: z.catch(z.optional(number), undefined),
});
export interface LegacyEntry {
  readonly templateType?: TemplateType | undefined;
  readonly agentType?: string | undefined;
  readonly currentVersion?: string | undefined;
}

/** The templates that a registry names, by id; undefined where it is none. */
export function readLegacyRegistry(value: unknown): ReadonlyMap<string, LegacyEntry> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = new Map<string, LegacyEntry>();
  for (const [id, entry] of Object.entries(value)) {
    const parsed = entrySchema.safeParse(entry);
    if (!parsed.success) continue;
    const { template_type, agent_type, current_version } = parsed.data;
    entries.set(id, {
      templateType: template_type,
      agentType: agent_type,
      currentVersion: current_version === undefined ? undefined : String(current_version),
    });
  }
  return entries;
}

const improvementSchema = z.object({
  improvement_id: z.string().check(z.minLength(1)),
  improved_prompt: z.string(),
  improvement_reason: text,
  strategy: z.catch(z.optional(strategySchema), undefined),
});

export interface LegacyImprovement {
  readonly id: string;
  readonly improvedPrompt: string;
  readonly reason?: string | undefined;
  readonly strategy?: Strategy | undefined;
}

export function readLegacyImprovement(value: unknown): LegacyImprovement | undefined {
  const parsed = improvementSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { improvement_id, improved_prompt, improvement_reason, strategy } = parsed.data;
  return { id: improvement_id, improvedPrompt: improved_prompt, reason: improvement_reason, strategy };
}
