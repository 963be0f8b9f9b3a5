import type { Skipped, Store } from '../../ports';
import { countOutcomes, type OutcomeRow } from './countOutcomes';

/** What became of all hunks, as the records tell it now. */
export async function readOutcomes(
  store: Pick<Store, 'list'>,
): Promise<{ readonly rows: readonly OutcomeRow[]; readonly skipped: readonly Skipped[] }> {
  const improvements = await store.list('improvements');
  const versions = await store.list('versions');
  const deployments = await store.list('deployments');
  const observations = await store.list('observations');
  return {
    rows: countOutcomes({
      improvements: improvements.records,
      versions: versions.records,
      deployments: deployments.records,
      observations: observations.records,
    }),
    skipped: [improvements, versions, deployments, observations].flatMap((each) => each.skipped),
  };
}
