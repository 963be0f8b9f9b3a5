import { countsOf } from '../../core/improve/model/workText';
import type { RunOutcome } from '../../core/pipeline/promptImprovementPipeline';
import type { Register } from '../cli';
import { improvementText } from '../improvementText';
import { list } from '../input';
import { askModel, type ModelCommandOptions, modelOf, withModelOptions } from '../modelOptions';
import { exitStatus } from '../output';

interface Options extends ModelCommandOptions {
  readonly agents?: readonly string[];
  readonly patterns?: readonly string[];
}

function runText({ execution, result, improvements }: RunOutcome): string {
  return [
    `${execution.executionId}: ${execution.status}`,
    ...execution.stages.map(({ stage, agentType, status, counts, error }) => {
      const figures = Object.entries(counts).map(([name, value]) => `${value} ${name}`);
      return `  ${stage}${agentType === null ? '' : ` ${agentType}`}: ${error ? `${status}: ${error.message}` : `${status} ${figures.join(', ')}`}`;
    }),
    `${result.corrections} corrections, ${result.patterns} patterns, ${improvements.length} improvements`,
    ...improvements.map(improvementText),
  ].join('\n');
}

export const registerRun: Register = (program, run) => {
  withModelOptions(
    program
      .command('run')
      .description('run the whole pipeline, or a targeted one')
      .option('--agents <names>', 'for these agents, as A,B', list)
      .option('--patterns <ids>', 'for these patterns, as X,Y', list),
  ).action(
    run(async (cli, options: Options) => {
      const { agents, patterns } = options;
      const model = await modelOf(options);
      await cli.withWorkspace(async (workspace) => {
        const outcome = await workspace.pipeline.run({
          trigger: 'cli',
          signal: cli.signal,
          onProgress: cli.output.progress,
          ...(agents ? { agentTypes: agents } : {}),
          ...(patterns ? { patternIds: patterns } : {}),
          ...(model === undefined
            ? {}
            : {
                chooseWriters: async (requests, signal) => {
                  const { writer, work } = await askModel(cli, workspace, model, options, requests, signal);
                  return { writers: [writer], counts: countsOf(work) };
                },
              }),
        });
        const { execution, result, improvements } = outcome;
        cli.output.skipped(outcome.analysis?.skipped ?? []);
        if (execution.status !== 'completed') process.exitCode = exitStatus.failed;
        const { executionId, status, stages } = execution;
        cli.output.answer({ ...result, executionId, status, stages, improvements }, () => runText(outcome));
      });
    }),
  );
};
