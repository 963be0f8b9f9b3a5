import type { Register } from '../cli';

export const registerDeployments: Register = (program, run) => {
  program
    .command('deployments')
    .description('what was adopted, deployed and rolled back')
    .action(
      run(async (cli) => {
        await cli.withWorkspace(async ({ templates }) => {
          const { records, skipped } = await templates.deployments();
          cli.output.skipped(skipped);
          cli.output.answer({ deployments: records, skipped }, () =>
            records
              .map(
                ({ deployedAt, kind, target, fromVersion, toVersion, reason }) =>
                  `${deployedAt}  ${kind}  ${target}  ${fromVersion ?? 'none'} -> ${toVersion}  ${reason}`,
              )
              .join('\n'),
          );
        });
      }),
    );
};
