import * as vscode from 'vscode';
import type { Experiment } from '../../core/model/experiment';
import type { CommandArguments } from '../commandArguments';
import type { Host } from '../host';
import { shareNow } from './experimentView';

/** The experiment named, else the only one that runs, else the one that the person picks; `undefined` when they changed their mind, or for none. */
export async function pickRunning(
  host: Host,
  { experimentId }: CommandArguments,
  title: string,
): Promise<Experiment | undefined> {
  const { canary } = await host.session.open();
  if (experimentId !== undefined) return canary.get(experimentId);
  const running = (await canary.list()).records.filter(({ status }) => status === 'running');
  if (running.length === 0) {
    void vscode.window.showInformationMessage(`${title}: no experiment runs in this folder.`);
    return undefined;
  }
  if (running.length === 1) return running[0];
  const choices = running.map((experiment) => ({
    label: experiment.path,
    description: `${experiment.baseline.version} against ${experiment.candidate.version}, ${shareNow(experiment)}`,
    experiment,
  }));
  return (await vscode.window.showQuickPick(choices, { title, placeHolder: 'Which experiment?' }))
    ?.experiment;
}
