import type { Execution } from '../../core/model/execution';
import type { Register } from '../cli';
import { wholeNumber } from '../input';

interface Options {
  readonly last?: number;
}

function runText({ executionId, status, startedAt, stages }: Execution): string {
  const failed = stages.filter(({ error }) => error !== undefined).map(({ stage }) => stage);
  return `${executionId}  ${status}  ${startedAt}${failed.length === 0 ? '' : `  failed: ${failed.join(', ')}`}`;
}

export const registerRuns: Register = (program, run) => {
  program
    .command('runs')
    .description('pipeline runs, newest first')
    .option('--last <n>', 'only so many', wholeNumber)
    .action(
      run(async (cli, { last }: Options) => {
        await cli.withWorkspace(async ({ ports }) => {
          const { records, skipped } = await ports.store.list('executions');
          const executions = records
            .toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
            .slice(0, last ?? records.length);
          cli.output.skipped(skipped);
          cli.output.answer({ executions, skipped }, () => executions.map(runText).join('\n'));
        });
      }),
    );
};
