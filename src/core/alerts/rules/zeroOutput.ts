import type { Execution, StageName, StageRecord } from '../../model/execution';
import type { AlertRule, Condition } from '../alertRule';

/** What each stage gives. Deploying and observing give nothing by themselves. */
const outputs: Readonly<Partial<Record<StageName, string>>> = {
  capture: 'found',
  analyze: 'patterns',
  improve: 'hunks',
  validate: 'reports',
};

interface Output {
  readonly executionId: string;
  readonly given: number;
}

const keyOf = ({ stage, agentType }: StageRecord) =>
  `${stage}${agentType === null ? '' : ` of ${agentType}`}`;

/** By stage and agent, in the order of the runs. Runs in which the stage did not complete say nothing. */
function outputsOf(executions: readonly Execution[]): ReadonlyMap<string, readonly Output[]> {
  const found = new Map<string, Output[]>();
  for (const { executionId, stages } of executions) {
    for (const stage of stages) {
      const given = stage.counts[outputs[stage.stage] ?? ''];
      if (stage.status !== 'completed' || given === undefined) continue;
      const own = found.get(keyOf(stage)) ?? [];
      own.push({ executionId, given });
      found.set(keyOf(stage), own);
    }
  }
  return found;
}

/** A stage gives nothing since some run, and gave something in each of the `earlierRuns` runs before that one. */
export const zeroOutput: AlertRule<'zeroOutput'> = {
  name: 'zeroOutput',
  conditions({ executions }, { earlierRuns }) {
    return [...outputsOf(executions)].flatMap(([key, runs]): Condition[] => {
      const lastGiving = runs.findLastIndex(({ given }) => given > 0);
      const first = runs[lastGiving + 1];
      const before = runs.slice(Math.max(0, lastGiving + 1 - earlierRuns), lastGiving + 1);
      if (first === undefined || before.length < earlierRuns || before.some(({ given }) => given === 0))
        return [];
      return [
        {
          subject: key,
          event: first.executionId,
          message: `The stage ${key} gives nothing since the run ${first.executionId}; it gave ${before.at(-1)?.given} in the run before.`,
          remedy:
            'Look whether its source was moved or switched off, or a threshold was raised: "claude-pm-prompts health" and "explain" tell.',
        },
      ];
    });
  },
};
