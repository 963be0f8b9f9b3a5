import { askRun } from '../../core/pipeline/runControl';
import { placeOf } from '../../core/pipeline/unfinishedRuns';
import type { Register } from '../cli';

export const registerCancel: Register = (program, run) => {
  program
    .command('cancel')
    .description(
      'end the run that goes on, or give up one that was interrupted; what finished stages wrote is kept',
    )
    .action(
      run(async (cli) => {
        await cli.withWorkspace(async ({ ports, support }) => {
          const execution = await askRun(ports, support, 'cancel');
          const { executionId, endedAt } = execution;
          cli.output.answer({ executionId, asked: 'cancel', at: placeOf(execution) }, () =>
            endedAt === null
              ? `${executionId} is being cancelled in ${placeOf(execution)}; what finished stages wrote is kept`
              : `${executionId} was interrupted and is given up; what finished stages wrote is kept`,
          );
        });
      }),
    );
};
