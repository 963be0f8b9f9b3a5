import type { Register } from '../cli';
import { improvementText } from '../improvementText';

interface Options {
  readonly hunk?: string;
}

export const registerReopen: Register = (program, run) => {
  program
    .command('reopen')
    .argument('<id>', 'improvement')
    .description('take decisions back, also of a finished review while its version is not deployed')
    .option('--hunk <id>', 'only of this hunk')
    .action(
      run(async (cli, id: string, { hunk }: Options) => {
        await cli.withWorkspace(async ({ review }) => {
          const improvement = await review.reopen(id, hunk);
          cli.output.answer({ improvement }, () => improvementText(improvement));
        });
      }),
    );
};
