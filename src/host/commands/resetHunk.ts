import * as vscode from 'vscode';
import type { Command } from '../command';
import { commandIds } from '../ids';
import { proposalEditor } from '../review/activeReview';
import { locateInDocument } from '../review/reviewState';
import { requireHunk } from '../review/target';

/** Puts the proposed words back where the person typed over them; an edit like any other, so that Undo brings theirs back. */
export const resetHunk: Command = {
  id: commandIds.resetHunk,
  needsTrust: true,
  async run(host, args) {
    const { improvementId, hunkId } = await requireHunk(host, args, (hunk) => hunk.decision === 'pending');
    const editor = proposalEditor(improvementId);
    const found = editor && (await locateInDocument(host.session, editor.document));
    const location = found?.locations.find(({ hunk }) => hunk.hunkId === hunkId);
    if (editor === undefined || location?.proposed === undefined) return undefined;
    const { document } = editor;
    const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    const { line, lines, proposed } = location;
    const edit = new vscode.WorkspaceEdit();
    // The last line has no end to replace, so that the one before it gives its own.
    const last = line + lines >= document.lineCount;
    const from = last && line > 0 ? document.lineAt(line - 1).range.end : new vscode.Position(line, 0);
    const to = last
      ? document.lineAt(document.lineCount - 1).range.end
      : new vscode.Position(line + lines, 0);
    const text = proposed.map((each) => (last && line > 0 ? eol + each : each + eol)).join('');
    edit.replace(document.uri, new vscode.Range(from, to), text);
    await vscode.workspace.applyEdit(edit);
    return { improvementId, hunkId };
  },
};
