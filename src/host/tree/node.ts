import type * as vscode from 'vscode';

/** One row of the tree. Commands read `templateId`, `version`, `improvementId` and `agentType` from it. */
export interface TreeNode extends vscode.TreeItem {
  readonly parent: TreeNode | undefined;
  /** What is below it as far as it was read. */
  readonly children: readonly TreeNode[];
}
