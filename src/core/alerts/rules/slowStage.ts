import { median } from 'simple-statistics';
import { groupBy } from '../../groupBy';
import type { StageRecord } from '../../model/execution';
import type { AlertRule, Condition } from '../alertRule';

/** Seconds. */
function duration({ startedAt, endedAt }: StageRecord): number {
  return (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
}

const keyOf = ({ stage, agentType }: StageRecord) => JSON.stringify([stage, agentType]);

/** Stages of the last run that took more than `factor` times the median of the same stage in at least `earlierRuns` runs before. */
export const slowStage: AlertRule<'slowStage'> = {
  name: 'slowStage',
  conditions({ executions }, { factor, earlierRuns, atLeastSeconds }) {
    const last = executions.at(-1);
    if (last === undefined) return [];
    const earlier = groupBy(
      executions
        .slice(0, -1)
        .flatMap(({ stages }) => stages)
        .filter(({ status }) => status === 'completed'),
      keyOf,
    );
    return last.stages.flatMap((stage): Condition[] => {
      const before = (earlier.get(keyOf(stage)) ?? []).map(duration);
      if (stage.status !== 'completed' || before.length < earlierRuns) return [];
      const [took, usual] = [duration(stage), median(before)];
      if (took < atLeastSeconds || took <= factor * usual) return [];
      const of = stage.agentType === null ? '' : ` of ${stage.agentType}`;
      return [
        {
          subject: `${stage.stage}${of}`,
          event: last.executionId,
          message: `The stage ${stage.stage}${of} took ${took.toFixed(1)} s, more than ${factor} times its median of ${usual.toFixed(1)} s.`,
          remedy:
            'Look at what else was running and at how much was read; a limit is set by alerts.rules.slowStage.factor.',
        },
      ];
    });
  },
};
