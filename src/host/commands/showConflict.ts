import * as vscode from 'vscode';
import type { Command } from '../command';
import { commandIds } from '../ids';
import { withoutLinks } from '../plainText';
import { requireHunk } from '../review/target';

/** Shows what became of the prompt since the improvement was made, and says which lines collide. */
export const showConflict: Command = {
  id: commandIds.showConflict,
  needsTrust: false,
  async run(host, args) {
    const { improvementId, hunkId } = await requireHunk(host, args, (hunk) => hunk.decision === 'pending');
    const { improvement, conflicts } = await (await host.session.open()).review.show(improvementId);
    const conflict = conflicts.find((each) => each.hunkId === hunkId);
    if (conflict === undefined) return undefined;
    await vscode.commands.executeCommand(commandIds.compareVersions, {
      templateId: improvement.templateId,
      version: improvement.baseVersion,
      other: conflict.version,
    });
    const message = `${conflict.message} Reject the hunk, or run the improvement again for the prompt as it is now.`;
    // Not awaited: the notification stays until the person answers.
    void vscode.window.showWarningMessage(withoutLinks(message), 'Run Improvement').then(async (choice) => {
      if (choice === undefined) return;
      await vscode.commands.executeCommand(commandIds.runImprovement, { agentType: improvement.agentType });
    });
    return { improvementId, hunkId, message };
  },
};
