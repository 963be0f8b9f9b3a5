import { askRun } from '../../core/pipeline/runControl';
import { placeOf } from '../../core/pipeline/unfinishedRuns';
import type { Register } from '../cli';

export const registerPause: Register = (program, run) => {
  program
    .command('pause')
    .description(
      'make the run that goes on wait at its next step; that time does not count against its limit',
    )
    .action(
      run(async (cli) => {
        await cli.withWorkspace(async ({ ports, support }) => {
          const execution = await askRun(ports, support, 'pause');
          const { executionId } = execution;
          cli.output.answer(
            { executionId, asked: 'pause', at: placeOf(execution) },
            () => `${executionId} pauses after ${placeOf(execution)}; go on with "claude-pm-prompts resume"`,
          );
        });
      }),
    );
};
