import * as vscode from 'vscode';
import type { TemplateView } from '../snapshot';
import { ImprovementNode } from './improvementNode';
import type { TreeNode } from './node';
import { VersionNode } from './versionNode';

export class TemplateNode extends vscode.TreeItem implements TreeNode {
  readonly children: readonly TreeNode[];
  readonly templateId: string;

  constructor(
    view: TemplateView,
    readonly parent: TreeNode,
  ) {
    const { template, versions, events } = view.history;
    super(template.path, vscode.TreeItemCollapsibleState.Expanded);
    this.templateId = template.templateId;
    this.children = [
      ...view.improvements.map((improvement) => new ImprovementNode(improvement, this)),
      ...versions
        // A review's drafts are history once it has ended.
        .filter((version) => version.status !== 'archived')
        .map((version) => new VersionNode(version, template, events, this)),
    ];
    this.id = `template:${template.templateId}`;
    this.contextValue = versions.length > 1 ? 'template;versions' : 'template';
    this.iconPath = new vscode.ThemeIcon('file-text');
    this.description = template.currentVersion;
    const deployed = template.deployedVersion ?? 'none';
    this.tooltip = `${template.path}\nCurrent version ${template.currentVersion}, deployed version ${deployed}`;
  }
}
