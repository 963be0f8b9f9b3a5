import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { CanaryOptions, CanaryPlan } from '../../core/canary/canaryPlan';
import type { Experiment } from '../../core/model/experiment';
import type { History } from '../../core/templates/promptTemplateManager';
import type { Workspace } from '../../node/openWorkspace';
import { askOptions } from '../canary/askOptions';
import { confirmPlan } from '../canary/confirmPlan';
import { shareNow } from '../canary/experimentView';
import { onlyRemoves } from '../canary/onlyRemoves';
import type { Command } from '../command';
import type { CommandArguments } from '../commandArguments';
import { loadEngine } from '../engine';
import { launcherTarget } from '../hook/launcher';
import type { Host } from '../host';
import { commandIds } from '../ids';
import { pickTemplate, pickVersion } from '../pickers';
import { withoutLinks } from '../plainText';
import { showError } from '../showError';

const title = 'Start Canary';

/** The version named, else the only one that waits, else the one that the person picks. */
async function pickCandidate(args: CommandArguments, { versions }: History): Promise<string | undefined> {
  if (args.version !== undefined) return args.version;
  const waiting = versions.filter(({ status }) => status === 'approved');
  if (waiting.length <= 1) return waiting[0]?.version;
  return pickVersion(waiting, title, 'Which version is tried?');
}

async function isRemoval(
  { templates }: Workspace,
  { templateId, deployedVersion }: History['template'],
  candidate: string,
): Promise<boolean> {
  if (deployedVersion === null) return false;
  const before = await templates.versionText(templateId, deployedVersion);
  const after = await templates.versionText(templateId, candidate);
  return onlyRemoves(before.text, after.text);
}

/** Can be cancelled until the plan stands: nothing is written before the person has seen it. */
async function makePlan(
  { canary }: Workspace,
  templateId: string,
  options: CanaryOptions,
): Promise<CanaryPlan | undefined> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: 'Claude PM: planning the canary',
      cancellable: true,
    },
    async (_progress, token) => {
      const plan = await canary.plan(templateId, options);
      return token.isCancellationRequested ? undefined : plan;
    },
  );
}

async function write(host: Host, { canary }: Workspace, plan: CanaryPlan): Promise<Experiment> {
  const { writeLauncher } = await loadEngine();
  await writeLauncher(homedir(), launcherTarget(host.context));
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'Claude PM: starting the canary' },
    () => canary.start(plan),
  );
}

/** Not awaited: the notification stays until the person closes it. */
function tell(host: Host, experiment: Experiment): void {
  const { experimentId, agentType, candidate, dryRun } = experiment;
  const what = dryRun
    ? `A dry run of ${candidate.version} of ${agentType} goes on: sessions are assigned, and all get the original.`
    : `${shareNow(experiment)} of the sessions that begin from now on get ${candidate.version} of ${agentType}.`;
  const show = 'Show Canary';
  void vscode.window.showInformationMessage(withoutLinks(what), show).then(
    async (choice) => {
      if (choice) await vscode.commands.executeCommand(commandIds.showCanary, { experimentId });
    },
    (error: unknown) => showError(host.log, error),
  );
}

/** Gives a version that waits to a random share of real sessions, once the person has seen what is written and how it is decided. */
export const startCanary: Command = {
  id: commandIds.startCanary,
  needsTrust: true,
  async run(host, args) {
    const { canBeTried } = await loadEngine();
    const history = await pickTemplate(
      host,
      args.templateId,
      title,
      ({ template: { path, deployedVersion, currentVersion } }) =>
        deployedVersion !== null && deployedVersion !== currentVersion && canBeTried(path),
    );
    if (!history) return undefined;
    const { template } = history;
    const candidate = await pickCandidate(args, history);
    if (candidate === undefined) {
      void vscode.window.showInformationMessage(`${title}: no accepted version of ${template.path} waits.`);
      return undefined;
    }
    const workspace = await host.session.open();
    const automatic = workspace.configuration.autoDeploymentEnabled;
    const removes = await isRemoval(workspace, template, candidate);
    const options = args.confirmed ? {} : await askOptions({ automatic, onlyRemoves: removes });
    if (options === undefined) return undefined;
    const plan = await makePlan(workspace, template.templateId, { ...options, candidate });
    if (plan === undefined) return undefined;
    const root = vscode.Uri.file(workspace.root);
    if (!args.confirmed && !(await confirmPlan(root, plan))) return undefined;
    const experiment = await write(host, workspace, plan);
    host.session.refresh();
    tell(host, experiment);
    return { experimentId: experiment.experimentId };
  },
};
