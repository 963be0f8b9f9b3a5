import * as vscode from 'vscode';
import type { TemplateView } from '../snapshot';
import type { TreeNode } from './node';
import { TemplateNode } from './templateNode';

export class AgentNode extends vscode.TreeItem implements TreeNode {
  readonly parent = undefined;
  readonly children: readonly TreeNode[];
  readonly agentType: string;

  constructor(agentType: string, templates: readonly TemplateView[]) {
    super(agentType, vscode.TreeItemCollapsibleState.Expanded);
    this.agentType = agentType;
    this.children = templates.map((view) => new TemplateNode(view, this));
    this.id = `agent:${agentType}`;
    this.contextValue = 'agent';
    this.iconPath = new vscode.ThemeIcon(agentType === 'main' ? 'comment-discussion' : 'person');
    const waiting = templates.reduce((sum, view) => sum + view.improvements.length, 0);
    this.description = waiting === 0 ? '' : `${waiting} to review`;
    this.tooltip = agentType === 'main' ? 'The main thread' : `Agent ${agentType}`;
  }
}
