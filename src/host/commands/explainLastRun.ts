import * as vscode from 'vscode';
import { abortSignalOf } from '../cancellation';
import type { Command } from '../command';
import { loadEngine } from '../engine';
import { commandIds } from '../ids';
import { markdownText } from '../markdownText';

/** A page that says why the last run gave what it gave, and what other thresholds would have admitted. */
export const explainLastRun: Command = {
  id: commandIds.explainLastRun,
  needsTrust: true,
  async run(host) {
    const { explainRun, explainText } = await loadEngine();
    const explanation = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: 'Claude PM: explaining the last run',
        cancellable: true,
      },
      async (_progress, token) => explainRun(await host.session.open(), { signal: abortSignalOf(token) }),
    );
    const page = await host.pages.show(explainText(explanation, { safe: markdownText }), 'Last run');
    return { executionId: explanation.execution.executionId, page: page.toString() };
  },
};
