import { PipelineError } from '../errors';
import type { Hunk, Improvement } from '../model/improvement';
import type { TemplateVersion } from '../model/template';
import type { Store } from '../ports';
import { applyHunks } from '../review/applyHunks';
import { hunksIn } from '../templates/hunksIn';
import { lineRanges, mergeTexts } from '../templates/mergeTexts';
import type { PromptTemplateManager } from '../templates/promptTemplateManager';
import { decodePrompt } from '../templates/promptText';
import { nextVersion } from '../templates/versionNumbers';

/**
 * A text without one of the hunks that it came to hold: what the hunk put in goes, and what it replaced comes back. Lines that it
 * shares with a hunk that stays, a heading say, stay. All that was changed elsewhere since stays too.
 * @param base what the improvement's hunks were made for
 * @throws PipelineError MERGE_CONFLICT (subject: the hunk's id) where the hunk's own lines were changed since
 */
export function textWithout(text: string, base: string, accepted: readonly Hunk[], hunkId: string): string {
  const withAll = applyHunks(base, accepted);
  const without = applyHunks(
    base,
    accepted.filter((hunk) => hunk.hunkId !== hunkId),
  );
  const merge = mergeTexts(text, withAll, without);
  if (!merge.conflicts && merge.text !== text) return merge.text;
  const where = merge.conflicts ? `at ${lineRanges(merge.conflicts)}` : 'and do not stand there any longer';
  throw new PipelineError('MERGE_CONFLICT', `The lines of rule ${hunkId} were changed since, ${where}.`, {
    subject: hunkId,
    remedy: 'Take the rule out of the file by hand and initialize; nothing was changed.',
  });
}

/** An accepted hunk, in the improvement that was accepted. */
export interface AcceptedHunk {
  readonly improvement: Improvement;
  readonly hunk: Hunk;
}

/** By the hunk's id. One that was moved stands where it was decided. */
export function acceptedHunks(improvements: readonly Improvement[]): ReadonlyMap<string, AcceptedHunk> {
  return new Map(
    improvements.flatMap((improvement) =>
      improvement.hunks
        .filter(({ decision, movedTo }) => decision === 'accepted' && movedTo === undefined)
        .map((hunk) => [hunk.hunkId, { improvement, hunk }] as const),
    ),
  );
}

/** The live text of a prompt without one of its rules. @throws PipelineError MERGE_CONFLICT, NOT_FOUND (a text is gone) */
export async function withoutRule(
  store: Pick<Store, 'getContent'>,
  text: string,
  { improvement, hunk }: AcceptedHunk,
): Promise<string> {
  const { baseHash, baseVersion, hunks } = improvement;
  const base = decodePrompt(await store.getContent(baseHash), baseVersion);
  const accepted = hunks.filter(({ decision }) => decision === 'accepted');
  return textWithout(text, base, accepted, hunk.hunkId);
}

/**
 * Makes a version of what is deployed without one rule, for an experiment of the goal `non-inferiority`: approved, since only such a
 * version can be tried. Nothing is deployed.
 * @throws PipelineError FORBIDDEN, NOT_FOUND, MERGE_CONFLICT
 */
export async function makeRemovalVersion(
  templates: PromptTemplateManager,
  templateId: string,
  hunkId: string,
): Promise<TemplateVersion> {
  const { store } = templates.ports;
  const { deployedVersion } = await templates.get(templateId);
  const versions = (await store.list('versions')).records;
  const accepted = acceptedHunks((await store.list('improvements')).records).get(hunkId);
  const isHeld = hunksIn(versions, templateId, deployedVersion).has(hunkId);
  if (deployedVersion === null || accepted === undefined || !isHeld) {
    throw new PipelineError('NOT_FOUND', `What is deployed of "${templateId}" holds no rule "${hunkId}".`, {
      subject: hunkId,
      remedy: 'List the rules of the prompt for their ids; nothing was changed.',
    });
  }
  const live = await templates.versionText(templateId, deployedVersion);
  const numbers = versions.filter((each) => each.templateId === templateId).map(({ version }) => version);
  return templates.addVersion({
    templateId,
    version: nextVersion(numbers, deployedVersion, null),
    parentVersion: deployedVersion,
    origin: 'improvement',
    status: 'approved',
    changeSummary: `Without the rule of ${hunkId}, to test whether it is missed`,
    strategy: null,
    hunkIds: [],
    removedHunkIds: [hunkId],
    patternIds: [],
    text: await withoutRule(store, live.text, accepted),
  });
}
