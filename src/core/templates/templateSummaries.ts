import type { Template } from '../model/template';
import type { Listing, Store } from '../ports';

/** A template as its record has it, and how much there is of it: nothing but its own record was read. */
export interface TemplateSummary {
  /** Its current version is the one that was last recorded; its history tells whether that still holds. */
  readonly template: Template;
  /** Records of versions, drafts too. */
  readonly versions: number;
  /** Records of adoptions, deployments and rollbacks. */
  readonly events: number;
}

/** Costs one read a template and two listings of folders, however many versions there are. */
export async function summarizeTemplates(
  store: Pick<Store, 'list' | 'ids'>,
): Promise<Listing<TemplateSummary>> {
  const [templates, versions, deployments] = await Promise.all([
    store.list('templates'),
    store.ids('versions'),
    store.ids('deployments'),
  ]);
  // `<templateId>@<version>` and `<templateId>.<sequence>.<hash>`
  const versionsOf = countBy(versions.records, '@');
  const eventsOf = countBy(deployments.records, '.');
  return {
    records: templates.records.map((template) => ({
      template,
      versions: versionsOf.get(template.templateId) ?? 0,
      events: eventsOf.get(template.templateId) ?? 0,
    })),
    skipped: [...templates.skipped, ...versions.skipped, ...deployments.skipped],
  };
}

/** How many ids there are of each template, whose own id has no such mark in it. */
function countBy(ids: readonly string[], mark: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) {
    const templateId = id.slice(0, id.indexOf(mark));
    counts.set(templateId, (counts.get(templateId) ?? 0) + 1);
  }
  return counts;
}
