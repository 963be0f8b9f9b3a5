import { askRun } from '../../core/pipeline/runControl';
import { interruptedRun, placeOf } from '../../core/pipeline/unfinishedRuns';
import type { Register } from '../cli';
import { type ModelCommandOptions, modelOf, withModelOptions } from '../modelOptions';
import { answerRun } from '../runText';
import { writersOf } from '../runWriters';

export const registerResume: Register = (program, run) => {
  withModelOptions(
    program
      .command('resume')
      .description(
        'let a paused run go on, or go on here with one that was interrupted, at the stage it was in',
      ),
  ).action(
    run(async (cli, options: ModelCommandOptions) => {
      const model = await modelOf(options);
      await cli.withWorkspace(async (workspace) => {
        const { ports, support, pipeline } = workspace;
        if (support.holder() !== undefined) {
          const { executionId } = await askRun(ports, support, 'go-on');
          cli.output.answer({ executionId, asked: 'resume' }, () => `${executionId} goes on`);
          return;
        }
        const interrupted = await interruptedRun(ports, support);
        if (interrupted)
          cli.output.note(`Going on with the run of ${interrupted.startedAt} at ${placeOf(interrupted)}`);
        const outcome = await pipeline.resume({
          signal: cli.signal,
          onProgress: cli.output.progress,
          ...writersOf(cli, workspace, model, options),
        });
        await answerRun(cli, workspace, outcome);
      });
    }),
  );
};
