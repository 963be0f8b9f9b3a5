import type { Register } from '../cli';
import { improvementText } from '../improvementText';
import { collect } from '../input';

interface Options {
  readonly hunk?: readonly string[];
  readonly finish?: boolean;
}

export const registerAccept: Register = (program, run) => {
  program
    .command('accept')
    .argument('<id>', 'improvement')
    .description('accept all pending hunks or some; makes a version and touches no agent’s file')
    .option('--hunk <id>', 'accept this hunk; may stand several times', collect)
    .option('--finish', 'end the review: hunks still pending stay out')
    .action(
      run(async (cli, id: string, { hunk, finish }: Options) => {
        await cli.withWorkspace(async ({ review }) => {
          const accepted = await review.accept(id, hunk ? { hunkIds: hunk } : {});
          const isOpen = accepted.improvement.hunks.some(({ decision }) => decision === 'pending');
          const { improvement, version } = finish && isOpen ? await review.finish(id) : accepted;
          cli.output.answer({ improvement, version }, () =>
            [
              improvementText(improvement),
              version ? `version ${version.version} (${version.status})` : '',
            ].join('\n'),
          );
        });
      }),
    );
};
