import { explainRun } from '../../core/pipeline/explain/explainRun';
import { explainText } from '../../core/pipeline/explain/explainText';
import type { Register } from '../cli';

export const registerExplain: Register = (program, run) => {
  program
    .command('explain')
    .description('why the last run gave what it gave, and what other thresholds would have admitted')
    .argument('[id]', 'another run, as "runs" names it')
    .action(
      run(async (cli, executionId: string | undefined) => {
        await cli.withWorkspace(async (workspace) => {
          const { signal } = cli;
          const explanation = await explainRun(workspace, {
            signal,
            ...(executionId === undefined ? {} : { executionId }),
          });
          cli.output.answer(explanation, () => explainText(explanation, { safe: (text) => text }));
        });
      }),
    );
};
