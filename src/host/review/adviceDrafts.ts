import * as vscode from 'vscode';
import type { Advice } from '../../core/model/improvement';
import { readArguments } from '../commandArguments';
import type { Host } from '../host';
import { openAdviceCommand } from '../ids';
import { showError } from '../showError';

/** Opens the drafts as unsaved files at their places: saving one is the person's decision, and VS Code asks before it replaces a file. */
async function openDrafts(root: vscode.Uri, { files }: Advice): Promise<void> {
  for (const { path, text } of files) {
    const uri = vscode.Uri.joinPath(root, path).with({ scheme: 'untitled' });
    const document = await vscode.workspace.openTextDocument(uri);
    if (document.getText() === '') {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(uri, new vscode.Position(0, 0), text);
      await vscode.workspace.applyEdit(edit);
    }
    await vscode.window.showTextDocument(document, { preview: false });
  }
}

/** The link in a hover to what would hold where words do not. */
export function registerAdviceLink(host: Host): vscode.Disposable {
  return vscode.commands.registerCommand(openAdviceCommand, async (argument: unknown) => {
    const { improvementId, hunkId } = readArguments(argument);
    if (improvementId === undefined) return;
    try {
      const workspace = await host.session.open();
      const { improvement } = await workspace.review.show(improvementId);
      const advice = improvement.hunks.find((hunk) => hunk.hunkId === hunkId)?.advice;
      if (advice) await openDrafts(vscode.Uri.file(workspace.root), advice);
    } catch (error) {
      showError(host.log, error);
    }
  });
}
