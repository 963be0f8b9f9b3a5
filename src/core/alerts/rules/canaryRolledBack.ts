import type { Experiment } from '../../model/experiment';
import type { AlertRule } from '../alertRule';

/** So long it is told. */
const daysTold = 7;
const dayInMilliseconds = 86_400_000;

const remedies: Partial<Record<NonNullable<Experiment['end']>['cause'], string>> = {
  harm: 'Every session gets the original again. Look at the figures of the experiment before the version is deployed or tried anew.',
  'ratio-broken':
    'Every session gets the original again. Its figures compare nothing: find out why sessions of one text were lost, then start another one.',
  'candidate-broken':
    'Every session gets the original again. Start another one once nobody changes its files while it runs.',
};

/** An experiment that was taken back because something was wrong, until another one on the same prompt has begun. */
export const canaryRolledBack: AlertRule<'canaryRolledBack'> = {
  name: 'canaryRolledBack',
  conditions({ experiments, now }) {
    return experiments.flatMap(({ experimentId, templateId, agentType, candidate, path, end }) => {
      const remedy = end === null ? undefined : remedies[end.cause];
      if (end === null || remedy === undefined) return [];
      const isOld = now.getTime() - Date.parse(end.at) >= daysTold * dayInMilliseconds;
      const isFollowed = experiments.some(
        (each) => each.templateId === templateId && Date.parse(each.startedAt) > Date.parse(end.at),
      );
      if (isOld || isFollowed) return [];
      const message = `The canary ${candidate.version} of ${agentType} was rolled back. ${end.reason}`;
      return [{ subject: templateId, event: experimentId, path, message, remedy }];
    });
  },
};
