import { PipelineError } from '../errors';
import type { Experiment } from '../model/experiment';
import type { Ports } from '../ports';

/** @throws PipelineError NOT_FOUND */
export async function getExperiment(
  { store }: Pick<Ports, 'store'>,
  experimentId: string,
): Promise<Experiment> {
  const experiment = await store.get('experiments', experimentId);
  if (experiment) return experiment;
  throw new PipelineError('NOT_FOUND', `There is no experiment "${experimentId}".`, {
    subject: experimentId,
    remedy: 'List the experiments for their ids.',
  });
}

/** @throws PipelineError NOT_FOUND, ILLEGAL_STATE for one that has ended */
export async function getRunning(ports: Pick<Ports, 'store'>, experimentId: string): Promise<Experiment> {
  const experiment = await getExperiment(ports, experimentId);
  if (experiment.status === 'running') return experiment;
  throw new PipelineError('ILLEGAL_STATE', `The experiment has ended: ${experiment.status}.`, {
    subject: experimentId,
    remedy: 'Start another one where there is still something to find out; nothing was changed.',
  });
}

export async function runningExperiments({ store }: Pick<Ports, 'store'>): Promise<readonly Experiment[]> {
  return (await store.list('experiments')).records.filter(({ status }) => status === 'running');
}

/** @throws PipelineError INVALID_INPUT for none */
export function requireReason(subject: string, given: string): string {
  const reason = given.trim();
  if (reason !== '') return reason;
  throw new PipelineError('INVALID_INPUT', 'The end of an experiment needs a reason.', {
    subject,
    remedy: 'Say in a few words why; it is kept in the history.',
  });
}

/**
 * The experiment of this id, or else of the template of this id: the running one, else the newest.
 * @throws PipelineError NOT_FOUND
 */
export function resolveExperiment(experiments: readonly Experiment[], id: string): Experiment {
  const own = experiments.filter(({ experimentId, templateId }) => experimentId === id || templateId === id);
  const newest = own.toSorted((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
  const found = newest.find(({ status }) => status === 'running') ?? newest[0];
  if (found) return found;
  throw new PipelineError('NOT_FOUND', `There is no experiment "${id}", and none on a template of that id.`, {
    subject: id,
    remedy: 'List the experiments for their ids.',
  });
}
