import { PipelineError } from '../errors';
import type { Hunk, Improvement } from '../model/improvement';
import type { TemplateVersion } from '../model/template';
import { headVersion } from '../templates/lineage';
import { lineRanges, mergeTexts } from '../templates/mergeTexts';
import { decodePrompt } from '../templates/promptText';
import {
  findVersion,
  getTemplate,
  requireVersions,
  type TemplateContext,
  textOf,
} from '../templates/templateRecords';
import { applyHunks } from './applyHunks';

/** The text that an improvement's hunks are anchored to, and the version that its outcome builds on. */
export interface ReviewBase {
  readonly path: string;
  readonly baseVersion: string;
  readonly baseText: string;
  readonly head: TemplateVersion;
  readonly headText: string;
  readonly versions: readonly TemplateVersion[];
}

/** @throws PipelineError NOT_FOUND when the template, a version or its bytes are gone */
export async function readReviewBase(
  context: TemplateContext,
  improvement: Improvement,
): Promise<ReviewBase> {
  const { templateId, baseVersion, baseHash } = improvement;
  const template = await getTemplate(context, templateId);
  const versions = await requireVersions(context, templateId);
  const head = findVersion(versions, templateId, headVersion(template, versions));
  const baseBytes = await context.ports.store.getContent(baseHash);
  return {
    path: template.path,
    baseVersion,
    baseText: decodePrompt(baseBytes, `${templateId}@${baseVersion}`),
    head,
    headText: await textOf(context, head),
    versions,
  };
}

/**
 * The head with the given hunks: applied to their own base, then merged when the prompt has moved on since.
 * @throws PipelineError MERGE_CONFLICT with the file and its lines that both changed
 */
export function textWithHunks(base: ReviewBase, hunks: readonly Hunk[]): string {
  const proposal = applyHunks(base.baseText, hunks);
  const merge = mergeTexts(base.headText, base.baseText, proposal);
  if (!merge.conflicts) return merge.text;
  const [first] = merge.conflicts;
  throw new PipelineError(
    'MERGE_CONFLICT',
    `${base.path} changed since ${base.baseVersion}: version ${base.head.version} and the proposal both change ${lineRanges(merge.conflicts)}.`,
    {
      subject: `${base.path}:${first?.first ?? 1}`,
      remedy:
        'Reject the hunk, or run the improvement again for the prompt as it is now; nothing was decided.',
    },
  );
}

/** The same for the eye: where the head cannot be merged, the text on the improvement's own base is shown. */
export function shownTextWith(base: ReviewBase, all: readonly Hunk[]): (hunks: readonly Hunk[]) => string {
  try {
    textWithHunks(base, all);
    return (hunks) => textWithHunks(base, hunks);
  } catch (error) {
    if (!(error instanceof PipelineError) || error.code !== 'MERGE_CONFLICT') throw error;
    return (hunks) => applyHunks(base.baseText, hunks);
  }
}

export interface HunkConflict {
  readonly hunkId: string;
  /** Version that the prompt is at by now. */
  readonly version: string;
  /** One sentence that names the file and its lines. */
  readonly message: string;
}

/** The pending hunks that cannot be accepted as the prompt is now, since both changed the same lines. */
export function conflictsOf(base: ReviewBase, { hunks }: Improvement): readonly HunkConflict[] {
  if (base.headText === base.baseText) return [];
  const accepted = hunks.filter((hunk) => hunk.decision === 'accepted');
  return hunks
    .filter((hunk) => hunk.decision === 'pending')
    .flatMap((hunk) => {
      const message = conflictWith(base, [...accepted, hunk]);
      return message === undefined ? [] : [{ hunkId: hunk.hunkId, version: base.head.version, message }];
    });
}

function conflictWith(base: ReviewBase, hunks: readonly Hunk[]): string | undefined {
  try {
    textWithHunks(base, hunks);
    return undefined;
  } catch (error) {
    if (error instanceof PipelineError && error.code === 'MERGE_CONFLICT') return error.message;
    throw error;
  }
}
