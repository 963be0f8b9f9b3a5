import * as vscode from 'vscode';
import type { CheckedExperiment } from '../../core/canary/canaryWatch';
import { abortSignalOf } from '../cancellation';
import type { Command } from '../command';
import { loadEngine } from '../engine';
import type { Host } from '../host';
import { commandIds } from '../ids';
import { withoutLinks } from '../plainText';

async function readAndCheck(host: Host, signal: AbortSignal): Promise<readonly CheckedExperiment[]> {
  const { access, capture } = await host.session.open();
  // What is not read yet is no evidence.
  if (await access.may('corrections.collect')) await capture.import({ signal });
  return host.canary.checkNow(signal);
}

/** Reads new sessions, looks at the experiments and does what their rule says. */
export const checkCanary: Command = {
  id: commandIds.checkCanary,
  needsTrust: true,
  async run(host) {
    const { standingText } = await loadEngine();
    const checked = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: 'Claude PM: checking experiments',
        cancellable: true,
      },
      (_progress, token) => readAndCheck(host, abortSignalOf(token)),
    );
    // What was done is told by who did it.
    const [idle] = checked.filter(({ done }) => done === 'nothing' || done === 'stage');
    if (checked.length === 0) void vscode.window.showInformationMessage('No experiment runs in this folder.');
    else if (idle) {
      const { agentType, candidate } = idle.experiment;
      const message = `Canary ${candidate.version} of ${agentType}: ${standingText(idle)}`;
      void vscode.window.showInformationMessage(withoutLinks(message));
    }
    return checked.map(({ experiment: { experimentId }, done }) => ({ experimentId, done }));
  },
};
