import { groupBy } from '../../core/groupBy';
import type { Experiment } from '../../core/model/experiment';

/** How an experiment stood when it was last looked at. */
export interface Standing {
  /** Settled ones. */
  readonly sessions: number;
  /** What its rule says, in words. */
  readonly text: string;
  /** The rule says that the candidate is to be deployed. */
  readonly promotionDue: boolean;
}

/** An experiment as the tree and the status bar show it. */
export interface ExperimentView {
  readonly experiment: Experiment;
  /** Unknown until somebody looked: that takes an analysis. */
  readonly standing: Standing | undefined;
}

/** By template: the experiment that runs, else the last that ended. */
export function experimentViews(
  experiments: readonly Experiment[],
  standings: ReadonlyMap<string, Standing>,
): ReadonlyMap<string, ExperimentView> {
  const views = [...groupBy(experiments, ({ templateId }) => templateId)].map(([templateId, own]) => {
    const lastFirst = own.toSorted((a, b) => (endOf(a) < endOf(b) ? 1 : -1));
    const [experiment] = lastFirst;
    return experiment === undefined
      ? []
      : [[templateId, { experiment, standing: standings.get(experiment.experimentId) }] as const];
  });
  return new Map(views.flat());
}

/** A running one ends later than any other. */
function endOf({ end }: Experiment): number {
  return end === null ? Number.POSITIVE_INFINITY : Date.parse(end.at);
}

/** Share of new sessions that get the candidate now, in percent. */
export function shareNow({ stages, stage }: Experiment): string {
  return `${Math.round((stages[stage]?.share ?? 0) * 1000) / 10}%`;
}

/** It was taken back because something was wrong, and nobody asked for it. */
export function wasRolledBack({ end }: Experiment): boolean {
  return end !== null && ['harm', 'ratio-broken', 'candidate-broken'].includes(end.cause);
}
