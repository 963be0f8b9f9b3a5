import * as vscode from 'vscode';
import { abortSignalOf } from '../cancellation';
import type { Command } from '../command';
import { healthPage } from '../health/healthPage';
import { commandIds } from '../ids';

/** Checks every component now and shows what was found, and what was done to find out. */
export const checkHealth: Command = {
  id: commandIds.checkHealth,
  needsTrust: true,
  async run(host) {
    const { health, alerts } = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: 'Claude PM: checking health',
        cancellable: true,
      },
      (_progress, token) => host.health.checkNow(abortSignalOf(token)),
    );
    const page = await host.pages.show(healthPage(health, alerts), 'Health');
    return { status: health.status, alerts: alerts.map(({ alertId }) => alertId), page: page.toString() };
  },
};
