import type { Execution } from '../../model/execution';
import type { HealthCheck } from '../healthCheck';

const inProgress = (status: Execution['status'], { endedAt }: Execution) =>
  endedAt === null && status === 'running';

export const promptImprovementPipelineCheck: HealthCheck = {
  name: 'PromptImprovementPipeline',
  checkedBy: 'looked at how the last run ended, and for runs that never did',
  async run({ records, configuration, ports: { clock } }) {
    const executions = (await records.list('executions')).records.toSorted((a, b) =>
      a.startedAt.localeCompare(b.startedAt),
    );
    const now = clock.now().getTime();
    const limit = configuration.pipelineTimeout * 1000;
    const hanging = executions.filter(
      (each) => inProgress(each.status, each) && now - Date.parse(each.startedAt) > limit,
    );
    const last = executions.findLast(({ endedAt }) => endedAt !== null);
    const cutOff = hanging.at(-1);
    if (cutOff !== undefined && (last === undefined || cutOff.startedAt > last.startedAt)) {
      return {
        status: 'degraded',
        detail: `the run ${cutOff.executionId} began at ${cutOff.startedAt} and never ended; run it again`,
      };
    }
    if (!last) return { status: 'unknown', detail: 'No run is finished yet.' };
    const detail = `last run ${last.status} at ${last.endedAt}`;
    if (last.status === 'completed') return { status: 'healthy', detail };
    return { status: last.status === 'failed' ? 'failing' : 'degraded', detail };
  },
};
