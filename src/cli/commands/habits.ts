import type { Habit } from '../../core/model/habit';
import type { Register } from '../cli';
import { excerpt } from '../text';

export const registerHabits: Register = (program, run) => {
  program
    .command('habits')
    .description('list what is corrected in several projects (where crossProjectHabits is on)')
    .action(
      run(async (cli) => {
        await cli.withWorkspace(async ({ capture }) => {
          const { allowed, habits, skipped } = await capture.habits();
          cli.output.skipped(skipped);
          if (!allowed) {
            cli.output.note(
              'Habits are off. Set "crossProjectHabits": true in .claude-pm/config.json, then import in each project.',
            );
          }
          cli.output.answer({ habits, allowed, skipped }, () => habits.map(textOf).join('\n'));
        });
      }),
    );
};

function textOf({ habitId, title, exemplar, projects }: Habit): string {
  const places = projects.map(
    ({ name, corrections, lastSeen }) =>
      `    ${excerpt(name, 60)}: ${corrections}, last ${lastSeen.slice(0, 10)}`,
  );
  const heading = `${habitId}  ${projects.length} projects  ${excerpt(title, 80)}`;
  return [heading, `    “${excerpt(exemplar, 100)}”`, ...places].join('\n');
}
