import * as vscode from 'vscode';
import type { DeployOptions, Rollout } from '../../core/templates/promptTemplateManager';
import type { Workspace } from '../../node/openWorkspace';
import type { Command } from '../command';
import type { CommandArguments } from '../commandArguments';
import { confirmImpact } from '../deployment/confirmImpact';
import { offerUndo, writtenText } from '../deployment/offerUndo';
import { writing } from '../deployment/writing';
import type { Host } from '../host';
import { commandIds } from '../ids';
import { pickAgentsOf, pickTemplate } from '../pickers';
import { isPipelineError } from '../showError';

const title = 'Deploy';

/** A gate refused: only the person's own words overrule it, and they are recorded. */
async function deployOrAsk(
  workspace: Workspace,
  templateId: string,
  options: DeployOptions,
  ask: boolean,
): Promise<Rollout | undefined> {
  try {
    return await writing(() => workspace.templates.rollOut(templateId, options));
  } catch (error) {
    if (!ask || !isPipelineError(error) || error.code !== 'REFUSED_BY_GATE') throw error;
    const override = await vscode.window.showInputBox({
      title: 'Deployment refused',
      prompt: `${error.message} To deploy all the same, say why; the reason is recorded.`,
      placeHolder: 'Reason for overriding the gate',
      ignoreFocusOut: true,
      validateInput: (text) => (text.trim() === '' ? 'A reason is needed.' : undefined),
    });
    if (override === undefined) return undefined;
    const overruled = { ...options, override: override.trim() };
    return writing(() => workspace.templates.rollOut(templateId, overruled));
  }
}

function optionsOf(args: CommandArguments, version: string, agents: readonly string[]): DeployOptions {
  return {
    version,
    ...(agents.length === 0 ? {} : { agents }),
    ...(args.override === undefined ? {} : { override: args.override }),
    ...(args.reason === undefined ? {} : { reason: args.reason }),
  };
}

async function deployTo(
  host: Host,
  args: CommandArguments,
  templateId: string,
  options: DeployOptions,
): Promise<Rollout | undefined> {
  const workspace = await host.session.open();
  if (!args.confirmed) {
    await workspace.templates.requireRollout('deploy', templateId);
    const impact = await workspace.templates.deployImpact(templateId, options);
    const files = impact.files.length === 1 ? impact.files[0] : `${impact.files.length} files`;
    const question = `Write version ${options.version ?? impact.to} into ${files}?`;
    if (!(await confirmImpact(impact, question, title))) return undefined;
  }
  const rollout = await deployOrAsk(workspace, templateId, options, !args.confirmed);
  host.session.refresh();
  if (rollout) offerUndo(host, rollout, writtenText(rollout), 'Roll Back');
  return rollout;
}

/** Writes a version into the file that the agent reads, after a confirmation that says what goes where. */
export const deploy: Command = {
  id: commandIds.deploy,
  needsTrust: true,
  async run(host, args) {
    const history = await pickTemplate(
      host,
      args.templateId,
      title,
      ({ template }) => template.currentVersion !== template.deployedVersion,
    );
    if (!history) return undefined;
    const { template } = history;
    const options = optionsOf(args, args.version ?? template.currentVersion, args.agents ?? []);
    const rollout = await deployTo(host, args, template.templateId, options);
    return rollout?.deployments[0];
  },
};

/** Writes a version into the prompt files of several agents, into all of them or into none. */
export const deployToAgents: Command = {
  id: commandIds.deployToAgents,
  needsTrust: true,
  async run(host, args) {
    const history = await pickTemplate(host, args.templateId, 'Deploy to Agents', () => true);
    if (!history) return undefined;
    const { template } = history;
    const version = args.version ?? template.currentVersion;
    const named = `Deploy ${template.path} ${version} to Agents`;
    const agents = args.agents ?? (await pickAgentsOf(host, template.agentType, named));
    if (!agents || agents.length === 0) return undefined;
    const options = optionsOf(args, version, agents);
    return deployTo(host, args, template.templateId, options);
  },
};
