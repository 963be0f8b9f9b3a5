import { PipelineError } from '../errors';
import { type TemplateVersion, tagSchema, type VersionStatus } from '../model/template';
import { isOpen } from '../review/decideHunks';
import { allOrNothing } from '../transaction/allOrNothing';
import { withCurrentVersion } from './lineage';
import {
  findVersion,
  getTemplate,
  requireVersions,
  type TemplateContext,
  versionIdOf,
} from './templateRecords';
import { compareVersions, isDraft, nextVersion } from './versionNumbers';
import { moveTo } from './versionStates';

const longestNote = 4000;
const mostTags = 20;

/** What a person changes about a version; its text, number and parent never change. */
export interface VersionChange {
  readonly status?: VersionStatus;
  readonly tag?: readonly string[];
  readonly untag?: readonly string[];
  readonly note?: string;
}

/**
 * Changes a version's state, tags and notes in one step. A pre-release that is approved becomes a release of its own with the same text,
 * which is then the version that is given back. Needs the workspace's lock.
 * @throws PipelineError NOT_FOUND, INVALID_INPUT (tag or note), ILLEGAL_STATE
 */
export async function changeVersion(
  context: TemplateContext,
  templateId: string,
  version: string,
  change: VersionChange,
): Promise<TemplateVersion> {
  const { ports } = context;
  const template = await getTemplate(context, templateId);
  const versions = await requireVersions(context, templateId);
  const known = findVersion(versions, templateId, version);
  const annotated = annotate(context, known, change);
  const { status } = change;
  if (status !== undefined && status !== known.status) {
    refuseByHand(known, status, template.deployedVersion);
    await refuseInReview(context, known, status);
  }
  const release =
    status === 'approved' && isDraft(known.version) ? releaseOf(context, annotated, versions) : undefined;
  const changed = status === undefined ? annotated : moveTo(annotated, release ? 'archived' : status);
  if (release === undefined && JSON.stringify(changed) === JSON.stringify(known)) return known;
  await allOrNothing(ports, { what: `change ${version}`, subject: known.versionId }, async (transaction) => {
    await transaction.put('versions', changed);
    if (release) await transaction.put('versions', release);
    // A version that waits no longer, or anew, is another one to deploy.
    const others = versions.filter((each) => each.version !== changed.version);
    const settled = withCurrentVersion(template, [...others, changed, ...(release ? [release] : [])]);
    if (settled.currentVersion !== template.currentVersion) await transaction.put('templates', settled);
    await ports.audit.record('version.changed', known.versionId, {
      ...(status === undefined ? {} : { from: known.status, to: status }),
      tags: changed.tags ?? [],
      notes: changed.notes?.length ?? 0,
      ...(release ? { release: release.versionId } : {}),
    });
  });
  return release ?? changed;
}

/** Being active is a fact about a file, which a state written by hand would only claim. */
function refuseByHand(version: TemplateVersion, status: VersionStatus, deployed: string | null): void {
  const refuse = (message: string, remedy: string) =>
    new PipelineError('ILLEGAL_STATE', message, { subject: version.versionId, remedy });
  moveTo(version, status);
  if (status === 'active') {
    throw refuse(
      `Version ${version.version} becomes active when it is written into its file.`,
      'Deploy it, or roll back to it; nothing was changed.',
    );
  }
  if (version.version !== deployed) return;
  throw refuse(
    `Version ${version.version} stands in its file.`,
    'Deploy another version or roll back first; nothing was changed.',
  );
}

/** The draft of a review that goes on is approved and put aside by that review. */
async function refuseInReview(
  { ports }: TemplateContext,
  { improvementId, version, versionId }: TemplateVersion,
  status: VersionStatus,
): Promise<void> {
  if (improvementId === undefined || !isDraft(version)) return;
  if (status !== 'approved' && status !== 'archived') return;
  const improvement = await ports.store.get('improvements', improvementId);
  if (improvement === undefined || !isOpen(improvement.status)) return;
  throw new PipelineError('ILLEGAL_STATE', `Version ${version} belongs to a review that is not finished.`, {
    subject: versionId,
    remedy: `Finish or reject the review of ${improvementId}; nothing was changed.`,
  });
}

function releaseOf(
  { ports, author }: TemplateContext,
  draft: TemplateVersion,
  versions: readonly TemplateVersion[],
): TemplateVersion {
  const releases = versions.map((each) => each.version).filter((number) => !isDraft(number));
  const wanted = draft.version.replace(/[-+].*$/, '');
  const newest = releases.sort(compareVersions).at(-1);
  const free = newest === undefined || compareVersions(wanted, newest) > 0;
  const version = free ? wanted : nextVersion(releases, newest, draft.strategy);
  return {
    ...draft,
    versionId: versionIdOf(draft.templateId, version),
    version,
    status: 'approved',
    author,
    createdAt: ports.clock.now().toISOString(),
  };
}

function annotate(
  { ports, author }: TemplateContext,
  version: TemplateVersion,
  { tag = [], untag = [], note }: VersionChange,
): TemplateVersion {
  const invalid = (message: string, remedy: string) =>
    new PipelineError('INVALID_INPUT', message, { subject: version.versionId, remedy });
  const plain = (word: string) => word.normalize('NFC').trim().toLowerCase();
  const added = tag.map(plain);
  for (const word of added) {
    if (tagSchema.safeParse(word).success) continue;
    throw invalid(
      `"${word}" cannot be a tag.`,
      'Use one word of at most 32 letters, digits, dots, hyphens and underscores; nothing was changed.',
    );
  }
  const gone = new Set(untag.map(plain));
  const tags = [...new Set([...(version.tags ?? []), ...added])].filter((word) => !gone.has(word)).sort();
  if (tags.length > mostTags) {
    throw invalid(`A version has at most ${mostTags} tags.`, 'Remove some first; nothing was changed.');
  }
  const text = note?.trim();
  if (text !== undefined && (text === '' || text.length > longestNote)) {
    throw invalid(`A note has 1 to ${longestNote} characters.`, 'Nothing was changed.');
  }
  const { tags: _tags, notes, ...rest } = version;
  const at = ports.clock.now().toISOString();
  const all = [...(notes ?? []), ...(text === undefined ? [] : [{ text, author, at }])];
  return {
    ...rest,
    ...(tags.length === 0 ? {} : { tags }),
    ...(all.length === 0 ? {} : { notes: all }),
  };
}
