import * as vscode from 'vscode';
import type { Experiment } from '../../core/model/experiment';
import { pickRunning } from '../canary/pickExperiment';
import { tellEnd } from '../canary/tellEnd';
import type { Command } from '../command';
import { loadEngine } from '../engine';
import { commandIds } from '../ids';

const title = 'Abort Canary';

function restored({ path, twin, dryRun, files, baseline }: Experiment): string {
  const settings = files.filter((file) => file.path !== twin?.path);
  return [
    `${path} was not changed, and holds ${baseline.version}.`,
    ...(twin === null || dryRun ? [] : [`${twin.path} is removed.`]),
    ...settings.map(({ path: file, before }) =>
      before === null
        ? `${file} is removed, as it was made for the experiment.`
        : `${file} holds the bytes again that it held before. What others changed in it since is kept.`,
    ),
    'New sessions get the original. What was recorded of the experiment is kept.',
  ].join('\n');
}

async function confirm(experiment: Experiment): Promise<boolean> {
  const { agentType, candidate } = experiment;
  const question = `Abort the canary ${candidate.version} of ${agentType}?`;
  const detail = restored(experiment);
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, title)) === title;
}

/** Takes an experiment back, after a confirmation that says what is restored. */
export const abortCanary: Command = {
  id: commandIds.abortCanary,
  needsTrust: true,
  async run(host, args) {
    const experiment = await pickRunning(host, args, title);
    if (!experiment) return undefined;
    if (!args.confirmed && !(await confirm(experiment))) return undefined;
    const reason =
      args.reason ??
      (await vscode.window.showInputBox({
        title,
        prompt: 'Why? The reason is recorded with the experiment.',
        ignoreFocusOut: true,
        validateInput: (text) => (text.trim() === '' ? 'A reason is needed.' : undefined),
      }));
    if (reason === undefined) return undefined;
    const { experimentId, path, baseline } = experiment;
    const { canary } = await host.session.open();
    // Without a new look: taking it back must not wait for an analysis.
    const last = host.canary.lastStatus(experimentId);
    const inputs = last === undefined ? {} : (await loadEngine()).inputsOf(last.assessment);
    const end = await canary.end(experimentId, { cause: 'request', reason, inputs });
    host.session.refresh();
    tellEnd(host, end, `The canary was taken back: every session gets ${baseline.version} of ${path}.`);
    return { status: end.experiment.status };
  },
};
