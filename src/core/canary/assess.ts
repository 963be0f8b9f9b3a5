import type { Experiment, Exposure } from '../model/experiment';
import type { Assessment } from './assessment';
import { gatherEvidence } from './evidence';
import { metricFigures } from './figures';
import { metricsOf } from './metrics';
import type { ExperimentUnits } from './units';

/** Evidence and figures of an experiment, from its sessions as `experimentUnits` joined them. Pure. */
export function assess(
  experiment: Experiment,
  joined: ExperimentUnits,
  exposures: readonly Exposure[],
): Assessment {
  const { units, unsettled, withoutTranscript, faults, contaminated } = joined;
  const own = exposures.filter(({ experimentId }) => experimentId === experiment.experimentId);
  return {
    experimentId: experiment.experimentId,
    ...gatherEvidence(experiment, units, own),
    figures: metricsOf(experiment).map((key) => metricFigures(key, units, experiment.rule.alpha)),
    unsettled,
    withoutTranscript,
    faults,
    contaminated,
  };
}
