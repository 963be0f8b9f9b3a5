import * as vscode from 'vscode';
import type { Improvement } from '../../core/model/improvement';
import { commandIds } from '../ids';
import { plural } from '../plural';
import type { TreeNode } from './node';

/** An improvement that waits for a review. */
export class ImprovementNode extends vscode.TreeItem implements TreeNode {
  readonly children: readonly TreeNode[] = [];
  readonly improvementId: string;

  constructor(
    improvement: Improvement,
    readonly parent: TreeNode,
  ) {
    const pending = improvement.hunks.filter((hunk) => hunk.decision === 'pending').length;
    const all = improvement.hunks.length;
    super(`Improvement: ${plural(all, 'hunk')}`);
    this.improvementId = improvement.improvementId;
    this.id = `improvement:${improvement.improvementId}`;
    this.contextValue = 'improvement';
    this.description = pending === all ? improvement.status : `${improvement.status}, ${pending} pending`;
    this.iconPath = new vscode.ThemeIcon(
      improvement.status === 'draft' ? 'git-pull-request-draft' : 'git-pull-request',
      new vscode.ThemeColor('list.warningForeground'),
    );
    const tested = improvement.validation
      ? `Test: ${improvement.validation.verdict} (${improvement.validation.tier} tier)`
      : 'Not validated yet';
    const draft =
      improvement.status === 'draft'
        ? '\nDraft: below the confidence threshold, or resting on one moment.'
        : '';
    this.tooltip = `Waits for your review: ${plural(pending, 'hunk')} pending, on version ${improvement.baseVersion}\n${tested}${draft}`;
    this.command = {
      command: commandIds.reviewImprovement,
      title: 'Review Improvement',
      arguments: [{ improvementId: improvement.improvementId }],
    };
  }
}
