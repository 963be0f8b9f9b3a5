import { Option } from 'commander';
import { type Signal, signals } from '../../core/model/common';
import type { Correction } from '../../core/model/correction';
import type { Habit } from '../../core/model/habit';
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
          // All projects are compared for that; the list for a reader goes without.
          const found = cli.output.json ? await capture.habits() : { habits: [], skipped: [] };
          const unread = [...skipped, ...found.skipped];
          cli.output.skipped(unread);
          cli.output.answer({ corrections: withHabits(records, found.habits), skipped: unread }, () =>
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

/** The rows, with the number of projects where one belongs to a habit. */
function withHabits(records: readonly Correction[], habits: readonly Habit[]) {
  const projects = new Map(
    habits.flatMap((habit) => habit.correctionIds.map((id) => [id, habit.projects.length] as const)),
  );
  return records.map((correction) => {
    const count = projects.get(correction.correctionId);
    return count === undefined ? correction : { ...correction, habit: { projects: count } };
  });
}
