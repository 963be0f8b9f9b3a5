import { loadDeploymentDashboard } from '../../core/monitoring/loadDeploymentDashboard';
import type { Register } from '../cli';
import { deploymentText } from '../deploymentText';

interface Options {
  readonly dashboard?: boolean;
}

export const registerDeployments: Register = (program, run) => {
  program
    .command('deployments')
    .description('what was adopted, deployed and rolled back')
    .option('--dashboard', 'what is live where, what drifted, how often it went well, the last rollback')
    .action(
      run(async (cli, { dashboard }: Options) => {
        await cli.withWorkspace(async ({ templates, ports }) => {
          if (dashboard) {
            const loaded = await loadDeploymentDashboard(ports);
            cli.output.skipped(loaded.skipped);
            cli.output.answer({ dashboard: loaded.dashboard, skipped: loaded.skipped }, () =>
              deploymentText(loaded.dashboard),
            );
            return;
          }
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
