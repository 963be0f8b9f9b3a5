import * as vscode from 'vscode';
import type { Command } from '../command';
import { commandIds } from '../ids';
import { withoutIcons } from '../plainText';

const title = 'Acknowledge Alerts';

/** You know of them: they leave the status bar, and stay open until their cause has ended. */
export const acknowledgeAlerts: Command = {
  id: commandIds.acknowledgeAlerts,
  needsTrust: true,
  async run(host) {
    const workspace = await host.session.open();
    const open = (await workspace.alerts.list()).records.filter(
      ({ acknowledgedAt }) => acknowledgedAt === undefined,
    );
    if (open.length === 0) {
      void vscode.window.showInformationMessage('No alert waits to be acknowledged.');
      return { acknowledged: [] };
    }
    const chosen = await vscode.window.showQuickPick(
      open.map(({ alertId, rule, message, remedy }) => ({
        label: withoutIcons(message),
        description: rule,
        detail: withoutIcons(remedy),
        alertId,
      })),
      { title, placeHolder: 'Which ones do you know of?', canPickMany: true, matchOnDetail: true },
    );
    if (chosen === undefined) return undefined;
    for (const { alertId } of chosen) await workspace.alerts.acknowledge(alertId);
    await host.health.reread();
    return { acknowledged: chosen.map(({ alertId }) => alertId) };
  },
};
