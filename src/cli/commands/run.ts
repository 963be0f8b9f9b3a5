import type { Register } from '../cli';
import { list } from '../input';
import { type ModelCommandOptions, modelOf, withModelOptions } from '../modelOptions';
import { answerRun } from '../runText';
import { writersOf } from '../runWriters';

interface Options extends ModelCommandOptions {
  readonly agents?: readonly string[];
  readonly patterns?: readonly string[];
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
          ...writersOf(cli, workspace, model, options),
        });
        await answerRun(cli, workspace, outcome);
      });
    }),
  );
};
