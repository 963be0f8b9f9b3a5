import type { Experiment } from '../model/experiment';
import type { TemplateVersion } from '../model/template';

/** What an experiment without a rule told of it: it was not missed, it was, or neither could be shown. */
export type RemovalFinding = 'running' | 'not-missed' | 'missed' | 'undecided';

export interface RemovalTest {
  readonly experimentId: string;
  readonly finding: RemovalFinding;
}

function findingOf({ status, end }: Experiment): RemovalFinding {
  if (status === 'running') return 'running';
  if (status === 'promoted' && end?.cause === 'not-worse') return 'not-missed';
  return end?.cause === 'harm' ? 'missed' : 'undecided';
}

/** The latest test of whether a rule is missed; dry runs showed the candidate to nobody and tell nothing. */
export function removalTest(
  experiments: readonly Experiment[],
  versions: readonly TemplateVersion[],
  templateId: string,
  hunkId: string,
): RemovalTest | undefined {
  const takesItOut = ({ candidate }: Experiment) =>
    versions.some(
      (each) =>
        each.templateId === templateId &&
        each.version === candidate.version &&
        each.removedHunkIds?.includes(hunkId) === true,
    );
  const latest = experiments
    .filter(
      (each) =>
        each.templateId === templateId &&
        each.rule.goal === 'non-inferiority' &&
        !each.dryRun &&
        takesItOut(each),
    )
    .toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt))
    .at(-1);
  return latest && { experimentId: latest.experimentId, finding: findingOf(latest) };
}
