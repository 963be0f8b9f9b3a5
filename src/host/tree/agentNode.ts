import * as vscode from 'vscode';
import type { TreeNode } from './node';
import type { TemplateNode } from './templateNode';

export class AgentNode extends vscode.TreeItem implements TreeNode {
  readonly parent = undefined;
  readonly children: readonly TemplateNode[];
  readonly agentType: string;

  constructor(
    agentType: string,
    templates: readonly TemplateNode[],
    collapsibleState: vscode.TreeItemCollapsibleState,
  ) {
    super(agentType, collapsibleState);
    this.agentType = agentType;
    this.children = templates;
    for (const template of templates) template.parent = this;
    this.id = `agent:${agentType}`;
    this.contextValue = 'agent';
    this.iconPath = new vscode.ThemeIcon(agentType === 'main' ? 'comment-discussion' : 'person');
    this.tooltip = agentType === 'main' ? 'The main thread' : `Agent ${agentType}`;
    this.describe();
  }

  /** Says what waits below it; true where that is another than before. */
  describe(): boolean {
    const before = this.description;
    const waiting = this.children.reduce((sum, { view }) => sum + view.improvements.length, 0);
    this.description = waiting === 0 ? '' : `${waiting} to review`;
    return this.description !== before;
  }
}
