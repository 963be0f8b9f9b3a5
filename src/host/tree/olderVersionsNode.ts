import * as vscode from 'vscode';
import { showOlderVersionsCommand } from '../ids';
import type { TreeNode } from './node';

/** The last row of a template that has more versions than are shown. */
export class OlderVersionsNode extends vscode.TreeItem implements TreeNode {
  readonly children: readonly TreeNode[] = [];

  constructor(
    hidden: number,
    templateId: string,
    readonly parent: TreeNode,
  ) {
    super('Show older versions…');
    this.id = `older:${templateId}`;
    this.description = `${hidden} more`;
    this.iconPath = new vscode.ThemeIcon('ellipsis');
    this.contextValue = 'olderVersions';
    this.accessibilityInformation = { label: `Show older versions, ${hidden} more` };
    this.command = {
      command: showOlderVersionsCommand,
      title: 'Show Older Versions',
      arguments: [{ templateId }],
    };
  }
}
