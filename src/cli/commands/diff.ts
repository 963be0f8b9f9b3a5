import type { Register } from '../cli';

export const registerDiff: Register = (program, run) => {
  program
    .command('diff')
    .argument('<id>', 'template')
    .argument('<a>', 'version')
    .argument('<b>', 'version')
    .description('what changed between two versions')
    .action(
      run(async (cli, id: string, a: string, b: string) => {
        await cli.withWorkspace(async ({ templates }) => {
          const comparison = await templates.compare(id, a, b);
          cli.output.answer(comparison, () => comparison.diff);
        });
      }),
    );
};
