import { Option } from 'commander';
import { type Signal, signals } from '../../core/model/common';
import type { Register } from '../cli';
import { positiveNumber } from '../input';
import { excerpt } from '../text';

interface Options {
  readonly agent?: string;
  readonly days?: number;
  readonly signal?: Signal;
}

export const registerCorrections: Register = (program, run) => {
  program
    .command('corrections')
    .description('list the corrections')
    .option('--agent <name>', 'of one agent')
    .option('--days <n>', 'of so many days, counted back from the newest', positiveNumber)
    .addOption(new Option('--signal <signal>', 'of one signal').choices(signals))
    .action(
      run(async (cli, { agent, days, signal }: Options) => {
        await cli.withWorkspace(async ({ capture }) => {
          const { records, skipped } = await capture.list({
            ...(agent === undefined ? {} : { agentType: agent }),
            ...(days === undefined ? {} : { days }),
            ...(signal ? { signal } : {}),
          });
          cli.output.skipped(skipped);
          cli.output.answer({ corrections: records, skipped }, () =>
            records
              .map(
                (correction) =>
                  `${correction.timestamp.slice(0, 10)}  ${correction.agentType}  ${correction.signal}  ` +
                  `${excerpt(correction.userCorrection || '(no words)', 80)}  ` +
                  `${correction.evidence.path}:${correction.evidence.line}`,
              )
              .join('\n'),
          );
        });
      }),
    );
};
