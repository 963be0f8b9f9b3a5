import { isPipelineError } from '../../errors';
import { plural } from '../../report/format';
import type { HealthCheck } from '../healthCheck';

export const promptImproverCheck: HealthCheck = {
  name: 'PromptImprover',
  checkedBy: 'read the text that every open improvement is to change',
  async run({ records, ports: { store } }) {
    const improvements = (await records.list('improvements')).records;
    if (improvements.length === 0) return { status: 'unknown', detail: 'No improvement was proposed yet.' };
    const open = improvements.filter(({ status }) => status === 'proposed' || status === 'draft');
    const lost: string[] = [];
    for (const baseHash of new Set(open.map((each) => each.baseHash))) {
      try {
        await store.getContent(baseHash);
      } catch (error) {
        if (!isPipelineError(error)) throw error;
        lost.push(...open.filter((each) => each.baseHash === baseHash).map((each) => each.improvementId));
      }
    }
    if (lost.length === 0)
      return { status: 'healthy', detail: `${plural(open.length, 'improvement')} to review` };
    return {
      status: 'degraded',
      detail: `${plural(open.length, 'improvement')} to review; the text before is lost for ${lost.slice(0, 3).join(', ')}. Run the improvement again.`,
    };
  },
};
