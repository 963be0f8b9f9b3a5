import type { Improvement } from '../core/model/improvement';
import type { Skipped } from '../core/ports';
import type { History } from '../core/templates/promptTemplateManager';
import type { Workspace } from '../node/openWorkspace';

export interface TemplateView {
  readonly history: History;
  /** Improvements with pending hunks: proposed ones before drafts, newest first. */
  readonly improvements: readonly Improvement[];
}

/** What the tree, the status bar and the pickers show, read at one time. */
export interface Snapshot {
  readonly templates: readonly TemplateView[];
  readonly pending: readonly Improvement[];
  readonly skipped: readonly Skipped[];
  readonly hasCorrections: boolean;
}

export async function readSnapshot(workspace: Workspace, hasCorrections: boolean): Promise<Snapshot> {
  const [listing, waiting] = await Promise.all([workspace.templates.list(), workspace.review.pending()]);
  // Drafts rest on less, so they come last; the sort keeps the order of time otherwise.
  const pending = waiting.toSorted((a, b) => Number(a.status === 'draft') - Number(b.status === 'draft'));
  const templates = await Promise.all(
    listing.records.map(async ({ templateId }) => ({
      history: await workspace.templates.history(templateId),
      improvements: pending.filter((improvement) => improvement.templateId === templateId),
    })),
  );
  return { templates, pending, skipped: listing.skipped, hasCorrections };
}
