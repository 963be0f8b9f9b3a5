import type { Execution } from '../../model/execution';
import type { AlertRule } from '../alertRule';

const failures: ReadonlySet<Execution['status']> = new Set(['failed', 'timed-out', 'partial']);

function whatFailed({ stages, status }: Execution): string {
  const failed = stages.filter((stage) => stage.error !== undefined);
  const named = failed
    .slice(0, 3)
    .map(
      ({ stage, agentType, error }) =>
        `${stage}${agentType === null ? '' : ` of ${agentType}`}: ${error?.code}`,
    );
  return named.length === 0 ? status : named.join(', ');
}

/** Every failed run that no completed one has come after. */
export const failedRun: AlertRule<'failedRun'> = {
  name: 'failedRun',
  conditions({ executions }) {
    const lastGood = executions.findLastIndex(({ status }) => status === 'completed');
    return executions
      .slice(lastGood + 1)
      .filter(({ status }) => failures.has(status))
      .map((execution) => ({
        subject: execution.executionId,
        event: execution.status,
        message: `The run ${execution.executionId} ${execution.status === 'partial' ? 'failed in part' : execution.status === 'timed-out' ? 'ran out of time' : 'failed'} (${whatFailed(execution)}).`,
        remedy:
          'Look at what failed with "claude-pm-prompts runs" or Show Log, mend it and run again; what was finished before is kept.',
      }));
  },
};
