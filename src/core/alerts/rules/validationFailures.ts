import type { AlertRule } from '../alertRule';

/** More than `share` of the last `last` validations had the verdict `reject`, or could not be done. Fewer than `last` are measured by the same number. */
export const validationFailures: AlertRule<'validationFailures'> = {
  name: 'validationFailures',
  conditions({ reports, executions }, { share, last }) {
    const validations = [
      ...reports.map(({ createdAt, reportId, verdict }) => ({
        at: Date.parse(createdAt),
        id: reportId,
        failed: verdict === 'reject',
      })),
      ...executions.flatMap(({ executionId, stages }) =>
        stages
          .filter(({ stage, status }) => stage === 'validate' && status === 'failed')
          .map(({ endedAt }) => ({ at: Date.parse(endedAt), id: executionId, failed: true })),
      ),
    ].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    const recent = validations.slice(-last);
    const failed = recent.filter((each) => each.failed);
    if (failed.length <= share * last) return [];
    return [
      {
        subject: 'validation',
        event: '',
        message: `${failed.length} of the last ${recent.length} validations failed.`,
        remedy:
          'Look at the reports’ reasons before you propose more: the rules may not fit the prompt, or the held-out corrections are few.',
      },
    ];
  },
};
