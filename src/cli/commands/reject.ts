import type { Register } from '../cli';
import { improvementText } from '../improvementText';
import { collect } from '../input';

interface Options {
  readonly hunk?: readonly string[];
  readonly reason?: string;
}

export const registerReject: Register = (program, run) => {
  program
    .command('reject')
    .argument('<id>', 'improvement')
    .description('reject all pending hunks or some')
    .option('--hunk <id>', 'reject this hunk; may stand several times', collect)
    .option('--reason <text>', 'why')
    .action(
      run(async (cli, id: string, { hunk, reason }: Options) => {
        await cli.withWorkspace(async ({ review, ports }) => {
          const improvement = await review.reject(id, {
            ...(hunk ? { hunkIds: hunk } : {}),
            ...(reason === undefined ? {} : { reason }),
          });
          const version =
            improvement.version === undefined
              ? undefined
              : await ports.store.get('versions', `${improvement.templateId}@${improvement.version}`);
          cli.output.answer({ improvement, version: version ?? null }, () => improvementText(improvement));
        });
      }),
    );
};
