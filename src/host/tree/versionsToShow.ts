import type { TemplateVersion } from '../../core/model/template';
import type { History } from '../../core/templates/promptTemplateManager';

export interface ShownVersions {
  /** Newest first. */
  readonly shown: readonly TemplateVersion[];
  /** How many older ones there are. */
  readonly hidden: number;
}

/** The newest versions, and whatever is deployed or current, however old it is. A review's drafts are history once it has ended. */
export function versionsToShow(
  { template, versions }: Pick<History, 'template' | 'versions'>,
  limit: number,
): ShownVersions {
  const open = versions.filter(({ status }) => status !== 'archived');
  const shown = open.filter(
    ({ version }, index) =>
      index < limit || version === template.deployedVersion || version === template.currentVersion,
  );
  return { shown, hidden: open.length - shown.length };
}
