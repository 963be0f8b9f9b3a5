import { impactLines } from '../../core/deploy/impactText';
import type { Register } from '../cli';
import { deploymentText } from './deploy';

interface Options {
  readonly to?: string;
  readonly reason: string;
  readonly dryRun?: boolean;
}

export const registerRollback: Register = (program, run) => {
  program
    .command('rollback')
    .argument('<id>', 'template')
    .description('restore the bytes before the last deployment, or those of a version, in every file at once')
    .option('--to <version>', 'version to go back to')
    .requiredOption('--reason <text>', 'why; it stands in the history')
    .option('--dry-run', 'only tell what it would do')
    .action(
      run(async (cli, id: string, { to, reason, dryRun }: Options) => {
        await cli.withWorkspace(async ({ templates }) => {
          const impact = await templates.rollbackImpact(id, to);
          if (dryRun) {
            cli.output.answer({ impact }, () => impactLines(impact).join('\n'));
            return;
          }
          const rollout = await templates.rollBack(id, { reason, ...(to === undefined ? {} : { to }) });
          const { rolloutId, deployments } = rollout;
          const [deployment] = deployments;
          const version =
            deployment === undefined || deployment.toVersion === null
              ? null
              : (await templates.versionText(deployment.templateId, deployment.toVersion)).version;
          cli.output.answer({ version, deployment, deployments, rolloutId, impact }, () =>
            deployments.map(deploymentText).join('\n'),
          );
        });
      }),
    );
};
