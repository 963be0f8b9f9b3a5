import * as vscode from 'vscode';
import type { ReportPattern } from '../../core/report/reportModel';
import { withoutLinks } from '../plainText';
import { isBelow, sourcePath } from '../source/sourcePath';

/** Opens the agent's prompt at the instruction that covers the pattern, where one does. Only files of the folder are opened. */
export async function openPrompt(root: string, { pattern, promptPath }: ReportPattern): Promise<void> {
  if (promptPath === undefined) return;
  const line = pattern.coverage.line ?? 1;
  const file = sourcePath(root, { path: promptPath, line });
  if (!isBelow(root, file)) {
    tell(`${promptPath} lies outside of this folder. It was not opened.`);
    return;
  }
  const uri = vscode.Uri.file(file);
  if (!(await exists(uri))) {
    tell(`${promptPath} is not there any more. The versions of this prompt are kept.`);
    return;
  }
  const place = new vscode.Position(Math.max(0, line - 1), 0);
  await vscode.commands.executeCommand('vscode.open', uri, {
    selection: new vscode.Range(place, place),
    preview: true,
  });
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return false;
    throw error;
  }
}

/** Not awaited: the notification stays until the person closes it. */
function tell(message: string): void {
  void vscode.window.showWarningMessage(withoutLinks(message));
}
