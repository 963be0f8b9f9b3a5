import * as vscode from 'vscode';
import type { Command } from '../command';
import { commandIds } from '../ids';
import { focusProposal, goToHunk, requireHunk } from '../review/target';

/** Shows the reason for a hunk and the moments that it rests on, where the hunk stands. */
export const whyHunk: Command = {
  id: commandIds.whyHunk,
  needsTrust: false,
  async run(host, args) {
    const { improvementId, hunkId } = await requireHunk(host, args, () => true);
    if (!(await goToHunk(host, improvementId, ({ hunk }) => hunk.hunkId === hunkId))) return undefined;
    await focusProposal();
    await vscode.commands.executeCommand('editor.action.showHover', { focus: 'autoFocusImmediately' });
    return { improvementId, hunkId };
  },
};
