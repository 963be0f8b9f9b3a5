import type { RunOutcome } from '../core/pipeline/promptImprovementPipeline';
import { runAnswer } from '../core/pipeline/runAnswer';
import { stageText } from '../core/pipeline/unfinishedRuns';
import type { Workspace } from '../node/openWorkspace';
import type { Cli } from './cli';
import { improvementText } from './improvementText';
import { exitStatus } from './output';
import { alertAfterRun } from './webhook';

function text({ execution, result, improvements }: RunOutcome): string {
  const { proposed, drafts, totalImprovements, improvementsValidated } = result.improvementSummary;
  const { decisions = [] } = result.deploymentSummary;
  return [
    `${execution.executionId}: ${execution.status}`,
    ...execution.stages.map((record) => {
      const { status, counts, error } = record;
      const figures = Object.entries(counts).map(([name, value]) => `${value} ${name}`);
      return `  ${stageText(record)}: ${error ? `${status}: ${error.message}` : `${status} ${figures.join(', ')}`}`;
    }),
    `${result.corrections} corrections, ${result.patterns} patterns, ${totalImprovements} improvements (${proposed} proposed, ${drafts} drafts; ${improvementsValidated} validated)`,
    ...improvements.map(improvementText),
    ...decisions.map(({ improvementId, deployed, because }) =>
      deployed ? `${improvementId} was deployed: ${because}` : `${improvementId}: ${because}`,
    ),
    ...result.failures.map(
      (failure) =>
        `why ${execution.status}: ${stageText(failure)}: ${failure.code}: ${failure.message} ${failure.remedy}`,
    ),
  ].join('\n');
}

/** Tells of new alerts and prints what came of a run; anything but `completed` is exit status 1. */
export async function answerRun(cli: Cli, workspace: Workspace, outcome: RunOutcome): Promise<void> {
  const { execution } = outcome;
  cli.output.skipped(outcome.analysis?.skipped ?? []);
  if (execution.status !== 'completed') process.exitCode = exitStatus.failed;
  await alertAfterRun(cli, workspace, execution.status === 'completed');
  cli.output.answer(runAnswer(outcome), () => text(outcome));
}
