import type { AlertRule, Condition } from '../alertRule';

/** One event for each deployment: a file that is edited on and on is told of once. */
export const drift: AlertRule<'drift'> = {
  name: 'drift',
  conditions({ observations }) {
    return observations.flatMap((each): Condition[] => {
      if (each.kind !== 'drift') return [];
      const { templateId, path, version, deploymentId, exists } = each;
      const fits = version === 'no file';
      return [
        {
          subject: templateId,
          event: deploymentId,
          path,
          line: 1,
          message: exists
            ? fits
              ? `${path} is there again; it was taken away by a rollback.`
              : `${path} no longer holds version ${version}.`
            : `${path} is gone; version ${version} was deployed there.`,
          remedy: exists
            ? 'Initialize again to adopt the edit as a version; or roll back, or deploy again, if it was not meant.'
            : 'Deploy again, or put the file back from version control; its versions are kept.',
        },
      ];
    });
  },
};
