import { PipelineError } from '../errors';
import type { Configuration } from '../model/configuration';
import type { Hunk, Improvement } from '../model/improvement';
import type { TemplateVersion } from '../model/template';
import type { Ports } from '../ports';
import { descendsFrom } from '../templates/lineage';
import { getTemplate, requireVersions, type TemplateContext } from '../templates/templateRecords';
import { isDraft } from '../templates/versionNumbers';
import { moveTo } from '../templates/versionStates';
import type { Transaction } from '../transaction/allOrNothing';
import { findHunk, isOpen, reopenHunk } from './decideHunks';

/**
 * The hunks with a decision taken back: that of the one named, else of all that were not moved elsewhere.
 * @throws PipelineError NOT_FOUND, ILLEGAL_STATE
 */
export function reopenHunks(
  { hunks, improvementId }: Improvement,
  hunkId: string | undefined,
): readonly Hunk[] {
  if (hunkId === undefined) {
    const decided = hunks.filter((hunk) => hunk.decision !== 'pending' && hunk.movedTo === undefined);
    if (decided.length === 0) {
      throw new PipelineError('ILLEGAL_STATE', `Nothing of improvement ${improvementId} is decided here.`, {
        subject: improvementId,
        remedy: 'Accept or reject its hunks; nothing was changed.',
      });
    }
    return hunks.map((hunk) => (decided.includes(hunk) ? reopenHunk(hunk) : hunk));
  }
  const { decision, movedTo } = findHunk(hunks, hunkId, improvementId);
  if (movedTo !== undefined) {
    throw new PipelineError('ILLEGAL_STATE', `Hunk ${hunkId} was moved to ${movedTo.templateId}.`, {
      subject: `${improvementId}/${hunkId}`,
      remedy: 'Move it back from there; nothing was changed.',
    });
  }
  if (decision === 'pending') {
    throw new PipelineError('ILLEGAL_STATE', `Hunk ${hunkId} is pending already.`, {
      subject: `${improvementId}/${hunkId}`,
      remedy: 'Accept or reject it.',
    });
  }
  return hunks.map((hunk) => (hunk.hunkId === hunkId ? reopenHunk(hunk) : hunk));
}

/** What a finished review was before its end. */
export function openStatus(
  { hunks, confidence }: Improvement,
  { improvementConfidenceThreshold }: Configuration,
): 'proposed' | 'draft' {
  const founded = hunks.every((hunk) => hunk.patternIds.length > 0 || hunk.origin === 'prompt-check');
  return founded && confidence >= improvementConfidenceThreshold ? 'proposed' : 'draft';
}

/**
 * A finished review may go on while its version waits: no prompt file has it, no other version builds on it, and nothing newer is
 * proposed for the same patterns.
 * @throws PipelineError ILLEGAL_STATE
 */
export async function requireReopenable(
  context: TemplateContext,
  improvement: Improvement,
): Promise<TemplateVersion | undefined> {
  const { improvementId, templateId, status } = improvement;
  const refuse = (message: string, remedy: string) =>
    new PipelineError('ILLEGAL_STATE', message, { subject: improvementId, remedy });
  if (status === 'superseded') {
    throw refuse(
      `Improvement ${improvementId} was superseded by a newer one.`,
      'Review that one; nothing was changed.',
    );
  }
  const anew = await proposedAnew(context.ports, improvement);
  if (anew !== undefined) {
    throw refuse(
      `What improvement ${improvementId} was about is proposed anew in ${anew}.`,
      'Review that one; nothing was changed.',
    );
  }
  if (improvement.version === undefined) return undefined;
  const template = await getTemplate(context, templateId);
  const versions = await requireVersions(context, templateId);
  const own = versions.find((each) => each.version === improvement.version);
  // The prompt held it already, so that the review made no version of its own.
  if (own?.improvementId !== improvementId) return undefined;
  if (own.status !== 'approved' || template.deployedVersion === own.version) {
    throw refuse(
      `Version ${own.version}, which this review made, was deployed.`,
      `Roll back ${templateId} to take it back; nothing was changed.`,
    );
  }
  const later = versions.find(
    (each) =>
      each.version !== own.version &&
      each.status !== 'archived' &&
      !isDraft(each.version) &&
      descendsFrom(versions, each.version, own.version),
  );
  if (later !== undefined) {
    throw refuse(
      `Version ${later.version} builds on ${own.version}, which this review made.`,
      'Undo the later review first; nothing was changed.',
    );
  }
  return own;
}

/** Puts the version of a finished review aside, so that the next decision makes another. */
export async function setAside(
  context: TemplateContext,
  transaction: Transaction,
  version: TemplateVersion,
): Promise<void> {
  const template = await getTemplate(context, version.templateId);
  await transaction.put('versions', moveTo(version, 'archived'));
  if (template.currentVersion === version.version && version.parentVersion !== null) {
    await transaction.put('templates', { ...template, currentVersion: version.parentVersion });
  }
}

async function proposedAnew(
  { store }: Pick<Ports, 'store'>,
  improvement: Improvement,
): Promise<string | undefined> {
  const patterns = new Set(
    improvement.hunks.filter(({ movedTo }) => movedTo === undefined).flatMap(({ patternIds }) => patternIds),
  );
  const { records } = await store.list('improvements');
  return records.find(
    (each) =>
      each.improvementId !== improvement.improvementId &&
      isOpen(each.status) &&
      each.hunks.some(
        (hunk) => hunk.decision === 'pending' && hunk.patternIds.some((id) => patterns.has(id)),
      ),
  )?.improvementId;
}
