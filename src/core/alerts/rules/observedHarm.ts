import { evidenceOfHarm } from '../../observe/observationText';
import type { AlertRule } from '../alertRule';

/** So long it is told that a deployment was rolled back by itself. */
const daysTold = 7;
const dayInMilliseconds = 86_400_000;

/** A deployment after which the corrections that it was to cure rose, while it is live; and one that was therefore rolled back by itself. */
export const observedHarm: AlertRule<'observedHarm'> = {
  name: 'observedHarm',
  conditions({ effects, now }) {
    return effects
      .filter(({ harmFoundAt, live, rolledBack }) => {
        if (harmFoundAt === undefined) return false;
        return rolledBack === undefined
          ? live
          : now.getTime() - Date.parse(rolledBack.at) < daysTold * dayInMilliseconds;
      })
      .map((effect) => ({
        subject: effect.templateId,
        event: effect.deploymentId,
        path: effect.target,
        message: evidenceOfHarm(effect),
        remedy:
          effect.rolledBack === undefined
            ? `Look at "observe", then roll it back with "rollback ${effect.templateId} --reason …" if nothing else explains it.`
            : 'It was rolled back by itself; "undo" takes that back.',
      }));
  },
};
