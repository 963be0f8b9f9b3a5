import * as vscode from 'vscode';
import type { Command } from '../command';
import { commandIds } from '../ids';
import { proposalEditor } from '../review/activeReview';
import { focusProposal, goToHunk, requireHunk } from '../review/target';

/** Puts the cursor behind the hunk's words on the right side, which is where they are edited. */
export const editHunk: Command = {
  id: commandIds.editHunk,
  needsTrust: true,
  async run(host, args) {
    const { improvementId, hunkId } = await requireHunk(host, args, (hunk) => hunk.decision === 'pending');
    const location = await goToHunk(host, improvementId, (each) => each.hunk.hunkId === hunkId);
    const editor = proposalEditor(improvementId);
    if (location === undefined || editor === undefined) return undefined;
    await focusProposal();
    const last = Math.min(editor.document.lineCount - 1, location.line + Math.max(0, location.lines - 1));
    const end = editor.document.lineAt(last).range.end;
    editor.selection = new vscode.Selection(end, end);
    return { improvementId, hunkId };
  },
};
