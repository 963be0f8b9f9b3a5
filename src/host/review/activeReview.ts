import * as vscode from 'vscode';
import { schemes } from '../ids';
import { idOf } from './uris';

interface ReviewTab {
  readonly tab: vscode.Tab;
  readonly improvementId: string;
  readonly uri: vscode.Uri;
}

function reviewOf(tab: vscode.Tab | undefined): ReviewTab | undefined {
  if (!(tab?.input instanceof vscode.TabInputTextDiff)) return undefined;
  const uri = tab.input.modified;
  const improvementId = uri.scheme === schemes.proposal ? idOf(uri) : undefined;
  return improvementId ? { tab, improvementId, uri } : undefined;
}

/** The review whose diff is in front: found by its tab, since either side of a diff may have the focus. */
export function activeReview(): ReviewTab | undefined {
  return reviewOf(vscode.window.tabGroups.activeTabGroup.activeTab);
}

export function reviewTabs(improvementId: string): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter((tab) => reviewOf(tab)?.improvementId === improvementId);
}

/** The editor of a review's right side, where one is visible. */
export function proposalEditor(improvementId: string): vscode.TextEditor | undefined {
  return vscode.window.visibleTextEditors.find(
    (editor) =>
      editor.document.uri.scheme === schemes.proposal && idOf(editor.document.uri) === improvementId,
  );
}
