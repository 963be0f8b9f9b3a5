import { PipelineError } from '../../core/errors';
import type { Deployment } from '../../core/model/template';
import type { Workspace } from '../../node/openWorkspace';
import type { Register } from '../cli';
import { collect, list } from '../input';

interface Options {
  readonly version?: string;
  readonly target?: readonly string[];
  readonly agents?: readonly string[];
  readonly override?: string;
}

const deploymentText = ({ target, fromVersion, toVersion, verified }: Deployment) =>
  `${target}: ${fromVersion ?? 'none'} -> ${toVersion}${verified ? ', read back and verified' : ''}`;

const unchangedText = ({ target, toVersion }: Deployment) =>
  `${target} already holds what ${toVersion} is; nothing was written`;

/** The prompt files of the agents asked for. @throws PipelineError NOT_FOUND for an agent without one */
async function targetsOf({ templates }: Workspace, agents: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    agents.map(async (agent) => ({ agent, template: await templates.forAgent(agent) })),
  );
  return found.map(({ agent, template }) => {
    if (template) return template.path;
    throw new PipelineError('NOT_FOUND', `The agent "${agent}" has no prompt here.`, {
      subject: agent,
      remedy: 'List the agents with "claude-pm-prompts templates".',
    });
  });
}

export const registerDeploy: Register = (program, run) => {
  program
    .command('deploy')
    .argument('<id>', 'template')
    .description('write a version into its prompt file, by default the newest accepted one')
    .option('--version <version>', 'version to deploy')
    .option(
      '--target <path>',
      'file to write, instead of the template’s own; may stand several times',
      collect,
    )
    .option('--agents <names>', 'agents whose prompt files are written, as A,B', list)
    .option('--override <reason>', 'deploy below the gates; the reason is recorded')
    .action(
      run(async (cli, id: string, { version, target, agents, override }: Options) => {
        await cli.withWorkspace(async (workspace) => {
          const targets = [...(target ?? []), ...(agents ? await targetsOf(workspace, agents) : [])];
          const options = {
            ...(version === undefined ? {} : { version }),
            ...(override === undefined ? {} : { override }),
          };
          const former = new Set(
            (await workspace.templates.deployments()).records.map((each) => each.deploymentId),
          );
          const deployments: Deployment[] = [];
          for (const path of targets.length > 0 ? targets : [undefined]) {
            deployments.push(
              await workspace.templates.deploy(id, {
                ...options,
                ...(path === undefined ? {} : { target: path }),
              }),
            );
          }
          cli.output.answer({ deployment: deployments[0], deployments }, () =>
            deployments
              .map((each) => (former.has(each.deploymentId) ? unchangedText(each) : deploymentText(each)))
              .join('\n'),
          );
        });
      }),
    );
};
