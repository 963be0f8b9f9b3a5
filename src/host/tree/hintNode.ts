import * as vscode from 'vscode';
import type { CommandId } from '../ids';
import type { TreeNode } from './node';

/** A row that tells what to do next; activating it does it. */
export class HintNode extends vscode.TreeItem implements TreeNode {
  readonly children: readonly TreeNode[] = [];

  constructor(
    label: string,
    icon: string,
    command: CommandId,
    tooltip: string,
    readonly parent: TreeNode | undefined = undefined,
  ) {
    super(label);
    this.id = parent?.id === undefined ? `hint:${command}` : `hint:${command}:${parent.id}`;
    this.iconPath = new vscode.ThemeIcon(icon);
    this.tooltip = tooltip;
    this.contextValue = 'hint';
    this.command = { command, title: label };
  }
}
