import * as vscode from 'vscode';
import type { Deployment, TemplateVersion } from '../../core/model/template';
import type { DeployOptions, History } from '../../core/templates/promptTemplateManager';
import type { Workspace } from '../../node/openWorkspace';
import type { Command } from '../command';
import type { CommandArguments } from '../commandArguments';
import { commandIds } from '../ids';
import { pickTemplate } from '../pickers';
import { isPipelineError } from '../showError';

const title = 'Deploy';

function testSentence(version: TemplateVersion | undefined): string {
  if (!version?.validation) return 'This version was not tested.';
  const proxy = version.validation.tier === 'static' ? ', a proxy: no model ran' : '';
  return `Test: ${version.validation.verdict} (${version.validation.tier} tier${proxy}).`;
}

async function confirm(workspace: Workspace, history: History, version: string): Promise<boolean> {
  const { template, versions } = history;
  const from = template.deployedVersion;
  const change =
    from === null || from === version
      ? undefined
      : await workspace.templates.compare(template.templateId, from, version);
  const lines = [
    `File: ${template.path} (agent ${template.agentType}), now ${from ?? 'not deployed'}.`,
    change &&
      `Lines: ${change.linesAdded} added, ${change.linesRemoved} removed. Tokens: ${change.tokenDelta > 0 ? '+' : ''}${change.tokenDelta} (estimated).`,
    testSentence(versions.find((one) => one.version === version)),
    'The bytes that stand there now are kept, so that you can roll back.',
  ];
  const choice = await vscode.window.showWarningMessage(
    `Write version ${version} into ${template.path}?`,
    { modal: true, detail: lines.filter((line) => line !== undefined).join('\n') },
    title,
  );
  return choice === title;
}

/** A gate refused: only the person's own words overrule it, and they are recorded. */
async function deployOrAsk(
  workspace: Workspace,
  templateId: string,
  options: DeployOptions,
  ask: boolean,
): Promise<Deployment | undefined> {
  try {
    return await workspace.templates.deploy(templateId, options);
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
    return workspace.templates.deploy(templateId, { ...options, override: override.trim() });
  }
}

function optionsOf(args: CommandArguments, version: string): DeployOptions {
  return {
    version,
    ...(args.override === undefined ? {} : { override: args.override }),
    ...(args.reason === undefined ? {} : { reason: args.reason }),
  };
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
    const version = args.version ?? template.currentVersion;
    const workspace = await host.session.open();
    if (!args.confirmed && !(await confirm(workspace, history, version))) return undefined;
    const deployment = await deployOrAsk(
      workspace,
      template.templateId,
      optionsOf(args, version),
      !args.confirmed,
    );
    host.session.refresh();
    if (!deployment) return undefined;
    // Not awaited: the notification stays until the person closes it.
    void vscode.window
      .showInformationMessage(
        `Version ${deployment.toVersion} is in ${deployment.target}${deployment.verified ? ', read back and verified' : ''}.`,
        'Roll Back…',
      )
      .then(async (choice) => {
        if (choice)
          await vscode.commands.executeCommand(commandIds.rollBack, { templateId: template.templateId });
      });
    return deployment;
  },
};
