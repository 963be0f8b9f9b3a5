import { groupBy } from '../core/groupBy';
import type { Improvement } from '../core/model/improvement';
import type { Observation } from '../core/model/observation';
import type { Template } from '../core/model/template';
import type { Skipped } from '../core/ports';
import type { History } from '../core/templates/promptTemplateManager';
import type { Workspace } from '../node/openWorkspace';
import { type ExperimentView, experimentViews, type Standing } from './canary/experimentView';
import { loadEngine } from './engine';

export interface TemplateView {
  /** Its current version is the one that was last recorded; its history tells whether that still holds. */
  readonly template: Template;
  /** Improvements with pending hunks: proposed ones before drafts, newest first. */
  readonly improvements: readonly Improvement[];
  /** The experiment on it that runs, else the last that ended. */
  readonly experiment: ExperimentView | undefined;
  /** A version that waits can be given to a share of the sessions, and none is now. */
  readonly canTry: boolean;
}

/** What the tree, the status bar and the pickers show, read at one time. Histories are read one by one, when they are looked at. */
export interface Snapshot {
  readonly templates: readonly TemplateView[];
  readonly pending: readonly Improvement[];
  readonly skipped: readonly Skipped[];
  readonly hasCorrections: boolean;
}

/** @param standings how experiments were last found to stand */
export async function readSnapshot(
  workspace: Workspace,
  hasCorrections: boolean,
  standings: ReadonlyMap<string, Standing>,
): Promise<Snapshot> {
  const { canBeTried } = await loadEngine();
  const tried = await workspace.canary.list();
  const experiments = experimentViews(tried.records, standings);
  const [listing, waiting] = await Promise.all([
    workspace.ports.store.list('templates'),
    workspace.review.pending(),
  ]);
  // Drafts rest on less, so they come last; the sort keeps the order of time otherwise.
  const pending = waiting.toSorted((a, b) => Number(a.status === 'draft') - Number(b.status === 'draft'));
  const improvements = groupBy(pending, ({ templateId }) => templateId);
  const templates = listing.records.map((template) => ({
    template,
    improvements: improvements.get(template.templateId) ?? [],
    ...trialOf(template, experiments, canBeTried),
  }));
  return { templates, pending, skipped: [...listing.skipped, ...tried.skipped], hasCorrections };
}

function trialOf(
  { templateId, path, deployedVersion }: Template,
  experiments: ReadonlyMap<string, ExperimentView>,
  canBeTried: (path: string) => boolean,
): Pick<TemplateView, 'experiment' | 'canTry'> {
  const experiment = experiments.get(templateId);
  const isFree = experiment?.experiment.status !== 'running';
  return { experiment, canTry: isFree && deployedVersion !== null && canBeTried(path) };
}

/** What is below one template's row. */
export interface HistoryView {
  readonly history: History;
  /** Effects of its deployments as they were last observed. */
  readonly observations: readonly Observation[];
  readonly skipped: readonly Skipped[];
}

/** @throws PipelineError NOT_FOUND */
export async function readHistory(workspace: Workspace, templateId: string): Promise<HistoryView> {
  const [history, observed] = await Promise.all([
    workspace.templates.history(templateId),
    workspace.ports.store.list('observations', `${templateId}.`),
  ]);
  return { history, observations: observed.records, skipped: [...history.skipped, ...observed.skipped] };
}
