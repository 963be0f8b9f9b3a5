import * as vscode from 'vscode';
import type { PromoteOptions } from '../../core/canary/canaryPlan';
import type { ExperimentStatus } from '../../core/canary/canaryWatch';
import { pickRunning } from '../canary/pickExperiment';
import { tellEnd } from '../canary/tellEnd';
import { abortSignalOf } from '../cancellation';
import type { Command } from '../command';
import { confirmImpact } from '../deployment/confirmImpact';
import { loadEngine } from '../engine';
import type { Host } from '../host';
import { commandIds } from '../ids';

const title = 'Promote Canary';

function look(host: Host, experimentId: string): Thenable<ExperimentStatus | undefined> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: 'Claude PM: looking at the canary',
      cancellable: true,
    },
    (_progress, token) => host.canary.look(experimentId, abortSignalOf(token)),
  );
}

/** How it stands, and the figures of what the goal is about; all of them are in the report. */
async function evidenceOf(status: ExperimentStatus): Promise<readonly string[]> {
  const { experimentLines, metricLines } = await loadEngine();
  const { figures, metrics, primary } = status.assessment;
  const figure = figures.find(({ key }) => key === primary);
  const metric = metrics.find(({ key }) => key === primary);
  const lines = experimentLines(status).map((line) => line.trim());
  const last = lines.findIndex((line) => line.startsWith('Sample ratio'));
  // The first line is the experiment's id.
  return [...lines.slice(1, last + 1), ...(figure && metric ? metricLines(figure, metric).slice(0, 1) : [])];
}

/** Why, and on which figures. A promotion that is not due needs the person's own words. */
async function optionsOf(
  { assessment, decision }: ExperimentStatus,
  given: string | undefined,
): Promise<PromoteOptions | undefined> {
  const inputs = (await loadEngine()).inputsOf(assessment);
  if (decision?.action === 'promote') {
    return { reason: given ?? decision.reason, cause: decision.cause, inputs };
  }
  const reason =
    given ??
    (await vscode.window.showInputBox({
      title,
      prompt: 'Its rule does not say so yet. Why is it promoted all the same? The reason is recorded.',
      ignoreFocusOut: true,
      validateInput: (text) => (text.trim() === '' ? 'A reason is needed.' : undefined),
    }));
  return reason === undefined ? undefined : { reason, inputs };
}

/** Deploys the candidate and ends the experiment, after a confirmation that shows the evidence and the impact. */
export const promoteCanary: Command = {
  id: commandIds.promoteCanary,
  needsTrust: true,
  async run(host, args) {
    const experiment = await pickRunning(host, args, title);
    if (!experiment) return undefined;
    const { experimentId, templateId, agentType, candidate, path } = experiment;
    const status = await look(host, experimentId);
    if (!status) return undefined;
    const { canary, templates } = await host.session.open();
    if (!args.confirmed) {
      const impact = await templates.deployImpact(templateId, { version: candidate.version });
      const question = `Promote ${candidate.version} of ${agentType} and write it into ${path}?`;
      if (!(await confirmImpact(impact, question, title, await evidenceOf(status)))) return undefined;
    }
    const options = await optionsOf(status, args.reason);
    if (options === undefined) return undefined;
    const end = await canary.promote(experimentId, options);
    host.session.refresh();
    tellEnd(host, end, `${path} holds ${candidate.version}: every session gets it.`);
    return { status: end.experiment.status, rolloutId: end.experiment.end?.rolloutId };
  },
};
