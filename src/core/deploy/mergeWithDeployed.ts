import { PipelineError } from '../errors';
import type { TemplateVersion } from '../model/template';
import { commonAncestor, versionsBetween } from '../templates/lineage';
import { lineRanges, mergeTexts } from '../templates/mergeTexts';
import { encodePrompt } from '../templates/promptText';
import { type TemplateContext, textOf, type VersionInput } from '../templates/templateRecords';
import { nextVersion } from '../templates/versionNumbers';

/**
 * Brings a version together with what is deployed, on their common ancestor. Gives one of the two where it
 * holds the other already, else the new version that is to be stored.
 * @throws PipelineError MERGE_CONFLICT with the lines that both changed
 */
export async function mergeWithDeployed(
  context: TemplateContext,
  path: string,
  versions: readonly TemplateVersion[],
  wanted: TemplateVersion,
  deployed: TemplateVersion,
): Promise<TemplateVersion | VersionInput> {
  const base = commonAncestor(versions, wanted.version, deployed.version);
  const live = await textOf(context, deployed);
  const theirs = await textOf(context, wanted);
  const merge = mergeTexts(live, base ? await textOf(context, base) : '', theirs);
  if (merge.conflicts) {
    const [first] = merge.conflicts;
    throw new PipelineError(
      'MERGE_CONFLICT',
      `${path}: version ${wanted.version} and what is deployed (${deployed.version}) changed the same place: ${lineRanges(merge.conflicts)}.`,
      {
        subject: `${path}:${first?.first ?? 1}`,
        remedy:
          'Bring the two together in the file by hand, initialize, and deploy what is left; nothing was written.',
      },
    );
  }
  if (merge.text === live) return deployed;
  if (merge.text === theirs) return wanted;
  const parts = versionsBetween(versions, wanted.version, base?.version ?? null);
  const refused = parts.find((each) => each.validation?.verdict === 'reject')?.validation;
  return {
    templateId: wanted.templateId,
    version: nextVersion(
      versions.map((each) => each.version),
      deployed.version,
      null,
    ),
    parentVersion: deployed.version,
    origin: 'merged',
    status: 'approved',
    changeSummary: `Merged ${wanted.version} with ${deployed.version}`,
    strategy: wanted.strategy,
    ...(wanted.improvementId === undefined ? {} : { improvementId: wanted.improvementId }),
    hunkIds: [...new Set(parts.flatMap((each) => each.hunkIds))],
    patternIds: [...new Set(parts.flatMap((each) => each.patternIds))],
    // The merged text itself was not validated, but a refusal stays with the edit, whatever text it lands in.
    ...(refused ? { validation: refused } : {}),
    bytes: encodePrompt(merge.text),
  };
}
