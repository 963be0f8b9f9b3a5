import type { AlertRule } from '../alertRule';

const failedActions: ReadonlySet<string> = new Set(['template.deploy-failed', 'template.rollback-failed']);
/** Older ones are history. */
const daysLookedAt = 7;
const dayInMilliseconds = 86_400_000;

/** A deployment or rollback that failed, by the log of changes, until one of the same template has succeeded; one that was not verified. */
export const failedDeployment: AlertRule<'failedDeployment'> = {
  name: 'failedDeployment',
  conditions({ audit, deployments, now }) {
    const since = now.getTime() - daysLookedAt * dayInMilliseconds;
    const succeededAfter = (templateId: string, at: string) =>
      deployments.some(
        (each) =>
          each.templateId === templateId &&
          each.kind !== 'adopt' &&
          each.verified &&
          Date.parse(each.deployedAt) > Date.parse(at),
      );
    const failed = audit
      .filter(({ action, at }) => failedActions.has(action) && Date.parse(at) >= since)
      .filter(({ subject, at }) => !succeededAfter(subject, at))
      .map(({ entryId, action, subject, detail }) => {
        const code = typeof detail['code'] === 'string' ? detail['code'] : 'UNEXPECTED';
        const what = action === 'template.rollback-failed' ? 'rollback' : 'deployment';
        return {
          subject,
          event: entryId,
          message: `The ${what} of ${subject} failed: ${code}.`,
          remedy:
            'Nothing was left half done. Look at the reason in the log of changes, mend it, and deploy again.',
        };
      });
    const unverified = deployments
      .filter(({ verified, templateId, deployedAt }) => !verified && !succeededAfter(templateId, deployedAt))
      .map(({ deploymentId, templateId, target }) => ({
        subject: templateId,
        event: deploymentId,
        path: target,
        message: `${target} was not found to hold what was deployed to it.`,
        remedy: 'Look at the file, then deploy again or roll back.',
      }));
    return [...failed, ...unverified];
  },
};
