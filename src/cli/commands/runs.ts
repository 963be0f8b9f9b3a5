import type { Execution } from '../../core/model/execution';
import { liveStatus, placeOf, stageText } from '../../core/pipeline/unfinishedRuns';
import type { Register } from '../cli';
import { wholeNumber } from '../input';

interface Options {
  readonly last?: number;
}

function runText(execution: Execution): string {
  const { executionId, status, startedAt, endedAt, stages } = execution;
  const failed = stages.filter(({ error }) => error !== undefined).map(stageText);
  const place = endedAt === null ? `  in ${placeOf(execution)}` : '';
  return `${executionId}  ${status}  ${startedAt}${place}${failed.length === 0 ? '' : `  failed: ${failed.join(', ')}`}`;
}

export const registerRuns: Register = (program, run) => {
  program
    .command('runs')
    .description('pipeline runs, newest first')
    .option('--last <n>', 'only so many', wholeNumber)
    .action(
      run(async (cli, { last }: Options) => {
        await cli.withWorkspace(async ({ ports, support }) => {
          const { records, skipped } = await ports.store.list('executions');
          const holder = support.holder();
          const [newest] = records
            .filter(({ endedAt }) => endedAt === null)
            .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
          const executions = records
            .map((each) => ({
              ...each,
              status: liveStatus(each, each.executionId === newest?.executionId ? holder : undefined),
            }))
            .toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
            .slice(0, last ?? records.length);
          cli.output.skipped(skipped);
          cli.output.answer({ executions, skipped }, () => executions.map(runText).join('\n'));
        });
      }),
    );
};
