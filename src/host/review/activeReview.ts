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

/**
 * The improvement whose diff is in front: found by its tab, since either side of a diff may have the focus. Where several diffs share
 * a tab, the one that the cursor is in.
 */
export function activeReview(): string | undefined {
  const found = reviewOf(vscode.window.tabGroups.activeTabGroup.activeTab);
  if (found !== undefined) return found.improvementId;
  const uri = vscode.window.activeTextEditor?.document.uri;
  const ours = uri?.scheme === schemes.proposal || uri?.scheme === schemes.current;
  return uri !== undefined && ours ? idOf(uri) : undefined;
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
