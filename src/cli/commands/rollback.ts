import type { Register } from '../cli';

interface Options {
  readonly to?: string;
  readonly reason: string;
}

export const registerRollback: Register = (program, run) => {
  program
    .command('rollback')
    .argument('<id>', 'template')
    .description('restore the bytes before the last deployment, or those of a version')
    .option('--to <version>', 'version to go back to')
    .requiredOption('--reason <text>', 'why; it stands in the history')
    .action(
      run(async (cli, id: string, { to, reason }: Options) => {
        await cli.withWorkspace(async ({ templates }) => {
          const impact = await templates.rollbackImpact(id, to);
          const deployment = await templates.rollback(id, { reason, ...(to === undefined ? {} : { to }) });
          const { version } = await templates.versionText(id, deployment.toVersion);
          cli.output.answer(
            { version, deployment, impact },
            () =>
              `${deployment.target}: ${deployment.fromVersion} -> ${deployment.toVersion}, read back and verified`,
          );
        });
      }),
    );
};
