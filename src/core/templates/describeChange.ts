import { type Risk, riskOf } from '../deploy/risk';
import type { Comparison } from '../model/template';
import { changesBySection, type SectionChange } from './compareTexts';
import { versionsBetween } from './lineage';
import { findVersion, getTemplate, requireVersions, type TemplateContext, textOf } from './templateRecords';

export interface DescribedChange extends Comparison {
  readonly sections: readonly SectionChange[];
  /** By rules from the figures of the change, as for a deployment; no forecast. */
  readonly risk: Risk;
}

export async function describeChange(
  context: TemplateContext,
  comparison: Comparison,
): Promise<DescribedChange> {
  const { templateId, from, to, linesAdded, linesRemoved, similarity } = comparison;
  const { path } = await getTemplate(context, templateId);
  const versions = await requireVersions(context, templateId);
  const older = findVersion(versions, templateId, from);
  const newer = findVersion(versions, templateId, to);
  const unchanged = older.contentHash === newer.contentHash;
  const changes = [{ path, from, to, linesAdded, linesRemoved, similarity, unchanged }];
  const incoming = versionsBetween(versions, to, from);
  return {
    ...comparison,
    sections: changesBySection(await textOf(context, older), await textOf(context, newer)),
    risk: riskOf('deploy', { changes, incoming, comeBack: 0 }),
  };
}
