import type { Hunk, Improvement } from '../model/improvement';
import type { Template, TemplateVersion } from '../model/template';
import { addVersion } from '../templates/addVersion';
import { descendsFrom } from '../templates/lineage';
import { encodePrompt } from '../templates/promptText';
import { getTemplate, type TemplateContext, versionIdOf } from '../templates/templateRecords';
import { isDraft, nextDraft, nextVersion, strongestStrategy } from '../templates/versionNumbers';
import { moveTo } from '../templates/versionStates';
import type { Transaction } from '../transaction/allOrNothing';
import { type ReviewBase, textWithHunks } from './reviewBase';

/**
 * The version that the accepted hunks make: a draft while the review goes on, an approved one at its end. The
 * head itself where it holds the hunks already. A version that an interrupted attempt left behind is taken
 * up.
 * @throws PipelineError MERGE_CONFLICT before anything is written
 */
export async function makeReviewVersion(
  context: TemplateContext,
  transaction: Transaction,
  base: ReviewBase,
  improvement: Improvement,
  accepted: readonly Hunk[],
  finished: boolean,
): Promise<TemplateVersion> {
  const text = textWithHunks(base, accepted);
  if (text === base.headText) return base.head;
  const { hash } = context.ports;
  const { templateId, improvementId } = improvement;
  const validation = validationOf(improvement, accepted, base);
  const bytes = encodePrompt(text);
  const contentHash = hash.sha256(bytes);
  const leftBehind = base.versions.find(
    (each) =>
      each.improvementId === improvementId &&
      each.contentHash === contentHash &&
      each.parentVersion === base.head.version &&
      each.status === (finished ? 'approved' : 'draft'),
  );
  if (leftBehind) return leftBehind;

  const numbers = base.versions.map((each) => each.version);
  const strategy = strongestStrategy(accepted.map((hunk) => hunk.strategy)) ?? null;
  const release = nextVersion(numbers, base.head.version, strategy);
  const version = finished ? release : nextDraft(numbers, release);
  const template = await getTemplate(context, templateId);
  warnOfBranch(context, base, template);
  await transaction.keep([
    ['versions', versionIdOf(templateId, version)],
    ['comparisons', `${base.head.versionId}-to-${version}`],
    ['templates', templateId],
  ]);
  return addVersion(context, {
    templateId,
    version,
    parentVersion: base.head.version,
    origin: 'improvement',
    status: finished ? 'approved' : 'draft',
    changeSummary: summaryOf(improvement, accepted),
    strategy,
    improvementId,
    hunkIds: accepted.map((hunk) => hunk.hunkId),
    patternIds: [...new Set(accepted.flatMap((hunk) => hunk.patternIds))].sort(),
    ...(validation ? { validation } : {}),
    bytes,
  });
}

/**
 * The verdict that a version bears is one on its own text: all hunks as they were validated, on the same base. Only a
 * refusal of the whole stays with a part of it, so that taking a part is no way around the gate.
 */
function validationOf(
  { hunks, baseVersion, validation }: Improvement,
  accepted: readonly Hunk[],
  { head }: ReviewBase,
): Improvement['validation'] {
  const asValidated =
    head.version === baseVersion &&
    accepted.length === hunks.length &&
    accepted.every((hunk) => hunk.editedAfter === undefined);
  return asValidated || validation?.verdict === 'reject' ? validation : undefined;
}

/**
 * An accepted version that waits beside what is live now (an outside edit came in between) is not in the new
 * one.
 */
function warnOfBranch({ ports }: TemplateContext, { versions, head }: ReviewBase, template: Template): void {
  const { currentVersion, templateId } = template;
  const current = versions.find((each) => each.version === currentVersion);
  if (current?.status !== 'approved' || descendsFrom(versions, head.version, currentVersion)) return;
  ports.log.warn(
    `${templateId}: version ${currentVersion} was accepted but never deployed, and is not part of ${head.version}, which ` +
      `this review builds on. Deploying ${currentVersion} merges it.`,
  );
}

/** Puts the draft of a review aside that its next version replaces. */
export async function archiveDraft(
  transaction: Transaction,
  { versions }: ReviewBase,
  improvement: Improvement,
  replacedBy: TemplateVersion | undefined,
): Promise<void> {
  for (const draft of versions) {
    const own = draft.improvementId === improvement.improvementId && isDraft(draft.version);
    if (!own || draft.status === 'archived' || draft.versionId === replacedBy?.versionId) continue;
    await transaction.put('versions', moveTo(draft, 'archived'));
  }
}

function summaryOf(improvement: Improvement, accepted: readonly Hunk[]): string {
  const sections = [...new Set(accepted.map((hunk) => hunk.section || 'the beginning'))];
  const edited = accepted.filter((hunk) => hunk.editedAfter !== undefined).length;
  const words = edited === 0 ? '' : `, ${edited} edited`;
  return `${accepted.length} of ${improvement.hunks.length} hunks accepted${words}: ${sections.join('; ')}`;
}
