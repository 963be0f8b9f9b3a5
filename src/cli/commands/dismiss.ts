import type { Register } from '../cli';

interface Options {
  readonly reason?: string;
  readonly restore?: boolean;
}

export const registerDismiss: Register = (program, run) => {
  program
    .command('dismiss')
    .description('leave a correction that is none out of every analysis; it is kept')
    .argument('<id>', 'correction, as listed by "corrections"')
    .option('--reason <text>', 'why it is none')
    .option('--restore', 'take the dismissal back')
    .action(
      run(async (cli, id: string, { reason, restore }: Options) => {
        await cli.withWorkspace(async ({ capture: { curation } }) => {
          const correction = restore ? await curation.restore(id) : await curation.dismiss(id, reason);
          cli.output.answer({ changed: [id], correction }, () =>
            restore
              ? `Correction ${id} counts again.`
              : `Correction ${id} is dismissed; it is kept and counts no more.`,
          );
        });
      }),
    );
};
