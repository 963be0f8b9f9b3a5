import * as vscode from 'vscode';
import type { Command } from '../command';
import { commandIds } from '../ids';

/** Checks every prompt now and shows the Problems view. */
export const checkPrompts: Command = {
  id: commandIds.checkPrompts,
  needsTrust: false,
  async run(host) {
    const findings = await host.problems.checkNow();
    if (findings === 0) {
      void vscode.window.showInformationMessage('The check of the prompts found nothing.');
      return { findings };
    }
    await vscode.commands.executeCommand('workbench.actions.view.problems');
    return { findings };
  },
};
