import type { Register } from '../cli';
import { deploymentText } from './deploy';

interface Options {
  readonly reason: string;
}

export const registerUndo: Register = (program, run) => {
  program
    .command('undo')
    .argument('<rollout>', 'id of a deployment or rollback, as "deployments" lists it')
    .description('take one deployment or rollback back, in every file that it wrote')
    .requiredOption('--reason <text>', 'why; it stands in the history')
    .action(
      run(async (cli, rolloutId: string, { reason }: Options) => {
        await cli.withWorkspace(async ({ templates }) => {
          const rollout = await templates.undo(rolloutId, reason);
          cli.output.answer(rollout, () => rollout.deployments.map(deploymentText).join('\n'));
        });
      }),
    );
};
