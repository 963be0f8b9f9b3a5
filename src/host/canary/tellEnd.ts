import * as vscode from 'vscode';
import type { CanaryEnd } from '../../core/canary/canaryPlan';
import type { Host } from '../host';
import { commandIds } from '../ids';
import { withoutLinks } from '../plainText';
import { showError } from '../showError';

const labels = { show: 'Show Canary', undo: 'Undo' } as const;

/** Tells how an experiment ended, and what could not be put back. Not awaited: the notification stays until the person closes it. */
export function tellEnd(host: Host, { experiment, notes }: CanaryEnd, what: string): void {
  const { experimentId, end } = experiment;
  const show = notes.length > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const undo = end?.rolloutId === undefined ? [] : [labels.undo];
  void show(withoutLinks([what, ...notes].join(' ')), ...undo, labels.show).then(
    async (choice) => {
      if (choice === labels.show)
        await vscode.commands.executeCommand(commandIds.showCanary, { experimentId });
      if (choice === labels.undo)
        await vscode.commands.executeCommand(commandIds.undoRollout, { rolloutId: end?.rolloutId });
    },
    (error: unknown) => showError(host.log, error),
  );
}
