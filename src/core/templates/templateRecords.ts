import { PipelineError } from '../errors';
import { schemaVersion } from '../model/common';
import type { Comparison, Template, TemplateVersion } from '../model/template';
import type { Listing, Ports } from '../ports';
import { compareTexts } from './compareTexts';
import { decodePrompt } from './promptText';
import { isDraft } from './versionNumbers';

/** What the work on templates needs, and the name that it is signed with. */
export interface TemplateContext {
  readonly ports: Pick<Ports, 'store' | 'audit' | 'promptFiles' | 'clock' | 'hash' | 'log' | 'access'>;
  readonly author: string;
  /** Done before the first file of a deployment is written, under the workspace's lock; what it throws refuses the deployment. */
  readonly beforeDeployment?: (what: string, templateId: string) => Promise<void>;
}

export const versionIdOf = (templateId: string, version: string): string => `${templateId}@${version}`;

export async function getTemplate({ ports }: TemplateContext, templateId: string): Promise<Template> {
  const template = await ports.store.get('templates', templateId);
  if (template) return template;
  throw new PipelineError('NOT_FOUND', `There is no template "${templateId}".`, {
    subject: templateId,
    remedy: 'List the templates for their ids, or initialize to adopt new prompt files.',
  });
}

/** Every version of a template, drafts too, and the records that cannot be read. */
export async function listVersions(
  { ports }: TemplateContext,
  templateId: string,
): Promise<Listing<TemplateVersion>> {
  const { records, skipped } = await ports.store.list('versions', versionIdOf(templateId, ''));
  return {
    records: records.filter((version) => version.templateId === templateId),
    skipped: skipped.filter(({ path }) => path.includes(versionIdOf(templateId, ''))),
  };
}

/**
 * The same, for work that is about to number a new version or to follow parents.
 * @throws PipelineError RECORD_UNREADABLE when a version's record cannot be read: its number must not be
 * taken again
 */
export async function requireVersions(
  context: TemplateContext,
  templateId: string,
): Promise<readonly TemplateVersion[]> {
  const { records, skipped } = await listVersions(context, templateId);
  const [bad] = skipped;
  if (!bad) return records;
  throw new PipelineError(
    'RECORD_UNREADABLE',
    `A version of "${templateId}" cannot be read: ${bad.reason}.`,
    {
      subject: bad.path,
      remedy: 'Repair the file or restore it from version control; nothing was changed.',
    },
  );
}

export function findVersion(
  versions: readonly TemplateVersion[],
  templateId: string,
  version: string,
): TemplateVersion {
  const found = versions.find((each) => each.version === version);
  if (found) return found;
  throw new PipelineError('NOT_FOUND', `"${templateId}" has no version ${version}.`, {
    subject: versionIdOf(templateId, version),
    remedy: `See its history: ${versions.map((each) => each.version).join(', ') || 'there is no version'}.`,
  });
}

export async function textOf({ ports }: TemplateContext, version: TemplateVersion): Promise<string> {
  return decodePrompt(await ports.store.getContent(version.contentHash), version.versionId);
}

/** A version that is to be stored; its text as raw bytes. */
export type VersionInput = Omit<
  TemplateVersion,
  'schemaVersion' | 'versionId' | 'contentHash' | 'author' | 'createdAt'
> & {
  readonly bytes: Uint8Array;
};

/**
 * Stores the bytes, the record and the comparison with the parent, in that order, so that a crash leaves
 * nothing that points to what is not there. The template itself stays as it is.
 * @throws PipelineError ILLEGAL_STATE when the number stands for other bytes already (a draft is replaced)
 */
export async function writeVersion(context: TemplateContext, input: VersionInput): Promise<TemplateVersion> {
  const { ports, author } = context;
  const { bytes, ...fields } = input;
  const versionId = versionIdOf(input.templateId, input.version);
  const known = await ports.store.get('versions', versionId);
  if (known && !isDraft(known.version) && known.contentHash !== ports.hash.sha256(bytes)) {
    throw new PipelineError('ILLEGAL_STATE', `Version ${input.version} exists and never changes.`, {
      subject: versionId,
      remedy: 'Give the new text a number of its own.',
    });
  }
  const contentHash = await ports.store.putContent(bytes);
  const createdAt = ports.clock.now().toISOString();
  const record: TemplateVersion = { schemaVersion, versionId, ...fields, contentHash, author, createdAt };
  await ports.store.put('versions', record);
  if (!isDraft(record.version) && record.parentVersion !== null) {
    const parent = await ports.store.get('versions', versionIdOf(record.templateId, record.parentVersion));
    if (parent) await storeComparison(context, parent, record);
  }
  const change = { before: known?.contentHash ?? null, after: contentHash };
  await ports.audit.record('version.added', versionId, { contentHash, origin: record.origin }, change);
  return record;
}

/**
 * The comparison of two versions. Their texts never change, so a stored one holds; drafts are compared anew.
 */
export async function compareVersionRecords(
  context: TemplateContext,
  from: TemplateVersion,
  to: TemplateVersion,
): Promise<Comparison> {
  const comparisonId = `${from.versionId}-to-${to.version}`;
  const stored = await context.ports.store.get('comparisons', comparisonId);
  if (stored && !isDraft(from.version) && !isDraft(to.version)) return stored;
  const { path } = await getTemplate(context, from.templateId);
  const names = { path, from: from.version, to: to.version };
  return {
    schemaVersion,
    comparisonId,
    templateId: from.templateId,
    from: from.version,
    to: to.version,
    ...compareTexts(await textOf(context, from), await textOf(context, to), names),
    createdAt: context.ports.clock.now().toISOString(),
  };
}

export async function storeComparison(
  context: TemplateContext,
  from: TemplateVersion,
  to: TemplateVersion,
): Promise<Comparison> {
  const comparison = await compareVersionRecords(context, from, to);
  await context.ports.store.put('comparisons', comparison);
  return comparison;
}
