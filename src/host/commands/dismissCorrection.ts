import * as vscode from 'vscode';
import type { Command } from '../command';
import { requireCorrection } from '../corrections/target';
import { commandIds } from '../ids';

/** The person says that it is no correction: it is kept, and counts no more. */
export const dismissCorrection: Command = {
  id: commandIds.dismissCorrection,
  needsTrust: true,
  async run(host, args) {
    const { correctionId } = await requireCorrection(host, args);
    const { capture } = await host.session.open();
    await capture.curation.dismiss(correctionId, args.reason);
    host.feed.refresh();
    const message = 'Dismissed as no correction: it is kept, and left out of every analysis.';
    // Not awaited: the notification stays until the person closes it.
    void vscode.window.showInformationMessage(message, 'Undo').then(async (choice) => {
      if (choice) await vscode.commands.executeCommand(commandIds.restoreCorrection, { correctionId });
    });
    return { correctionId };
  },
};
