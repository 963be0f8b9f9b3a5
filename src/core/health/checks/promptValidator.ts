import { mcnemarExact } from '../../statistics/mcnemar';
import type { HealthCheck } from '../healthCheck';

/** 1 and 9 discordant pairs: the two-sided exact p-value is 22/1024. */
const knownPValue = 22 / 1024;

export const promptValidatorCheck: HealthCheck = {
  name: 'PromptValidator',
  checkedBy:
    'computed a p-value whose answer is known, and read the reports with the comparisons that they rest on',
  async run({ records }) {
    if (Math.abs(mcnemarExact(1, 9) - knownPValue) > 1e-12) {
      return {
        status: 'failing',
        detail: `McNemar’s exact test gives ${mcnemarExact(1, 9)} for 1 and 9 pairs.`,
      };
    }
    const reports = (await records.list('validationReports')).records;
    if (reports.length === 0) return { status: 'unknown', detail: 'Nothing was validated yet.' };
    const tests = new Set((await records.list('abTests')).records.map(({ abTestId }) => abTestId));
    const lost = reports.filter(({ abTestId }) => !tests.has(abTestId)).length;
    const shipped = reports.filter(({ verdict }) => verdict === 'ship').length;
    const detail = `${reports.length} reports, ${shipped} with the verdict ship`;
    if (lost === 0) return { status: 'healthy', detail };
    return { status: 'degraded', detail: `${detail}; the comparison behind ${lost} is gone` };
  },
};
