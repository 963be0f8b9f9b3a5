import { impactLines } from '../../core/deploy/impactText';
import type { Deployment } from '../../core/model/template';
import type { Register } from '../cli';
import { collect, list } from '../input';

interface Options {
  readonly version?: string;
  readonly target?: readonly string[];
  readonly agents?: readonly string[];
  readonly override?: string;
  readonly dryRun?: boolean;
}

export const deploymentText = ({ target, fromVersion, toVersion, verified }: Deployment) =>
  `${target}: ${fromVersion ?? 'no file'} -> ${toVersion ?? 'no file'}${verified ? ', read back and verified' : ''}`;

const unchangedText = ({ target, toVersion }: Deployment) =>
  `${target} already holds what ${toVersion} is; nothing was written`;

export const registerDeploy: Register = (program, run) => {
  program
    .command('deploy')
    .argument('<id>', 'template')
    .description(
      'write a version into its prompt file, by default the newest accepted one; several files are written all or none',
    )
    .option('--version <version>', 'version to deploy')
    .option(
      '--target <path>',
      'file to write, instead of the template’s own; may stand several times',
      collect,
    )
    .option('--agents <names>', 'agents whose prompt files are written, as A,B', list)
    .option('--override <reason>', 'deploy below the gates; the reason is recorded')
    .option('--dry-run', 'only tell what it would do')
    .action(
      run(async (cli, id: string, { version, target, agents, override, dryRun }: Options) => {
        await cli.withWorkspace(async ({ templates }) => {
          const options = {
            ...(version === undefined ? {} : { version }),
            ...(target === undefined ? {} : { targets: target }),
            ...(agents === undefined ? {} : { agents }),
            ...(override === undefined ? {} : { override }),
          };
          const impact = await templates.deployImpact(id, options);
          if (dryRun) {
            cli.output.answer({ impact }, () => impactLines(impact).join('\n'));
            return;
          }
          const { rolloutId, deployments, unchanged } = await templates.rollOut(id, options);
          cli.output.answer({ deployment: deployments[0], deployments, rolloutId, unchanged, impact }, () =>
            deployments
              .map((each) => (unchanged.includes(each.target) ? unchangedText(each) : deploymentText(each)))
              .join('\n'),
          );
        });
      }),
    );
};
