import * as vscode from 'vscode';
import { abortSignalOf } from '../cancellation';
import type { Command } from '../command';
import { importLines, importMessage } from '../corrections/importReport';
import { commandIds } from '../ids';
import { withoutLinks } from '../plainText';

/** Reads the corrections out of the agents' session transcripts. */
export const importCorrections: Command = {
  id: commandIds.importCorrections,
  needsTrust: true,
  async run(host) {
    const summary = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: 'Claude PM: importing corrections',
        cancellable: true,
      },
      async (progress, token) => {
        const workspace = await host.session.openInitialized();
        return workspace.capture.import({
          signal: abortSignalOf(token),
          onProgress: (step) => progress.report({ message: step.message }),
        });
      },
    );
    host.session.refresh();
    for (const line of importLines(summary)) host.log.info(line);
    for (const one of summary.skipped) host.log.warn(`${one.path}:${one.line} ${one.reason}`);
    const message = withoutLinks(importMessage(summary));
    // Not awaited: the notification stays until the person closes it.
    void vscode.window.showInformationMessage(message, 'Run Improvement', 'Show Log').then(async (choice) => {
      if (choice === 'Run Improvement') await vscode.commands.executeCommand(commandIds.runImprovement);
      if (choice === 'Show Log') host.log.show();
    });
    return summary;
  },
};
