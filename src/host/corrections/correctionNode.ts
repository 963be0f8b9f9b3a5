import * as vscode from 'vscode';
import type { Correction } from '../../core/model/correction';
import { commandIds, showOlderCommand } from '../ids';
import type { TreeNode } from '../tree/node';
import { correctionRow } from './correctionRow';
import { correctionTooltip } from './correctionTooltip';
import { isDismissed } from './words';

/** One correction. Commands read `correctionId` from it. */
export class CorrectionNode extends vscode.TreeItem implements TreeNode {
  readonly parent = undefined;
  readonly children: readonly TreeNode[] = [];
  readonly correctionId: string;
  readonly #correction: Correction;

  constructor(correction: Correction, now: Date) {
    const row = correctionRow(correction, now);
    super(row.label);
    const { correctionId } = correction;
    this.#correction = correction;
    this.correctionId = correctionId;
    this.id = correctionId;
    this.description = row.description;
    this.iconPath = new vscode.ThemeIcon(row.icon);
    this.contextValue = isDismissed(correction) ? 'dismissedCorrection' : 'correction';
    this.accessibilityInformation = { label: row.spoken };
    this.command = {
      command: commandIds.openCorrectionSource,
      title: 'Open Source',
      arguments: [{ correctionId }],
    };
  }

  /** Made only when the pointer rests on the row. */
  resolveTooltip(): void {
    const tooltip = new vscode.MarkdownString(correctionTooltip(this.#correction));
    tooltip.isTrusted = false;
    tooltip.supportHtml = false;
    this.tooltip = tooltip;
  }
}

/** The last row, where there are more. */
export class OlderNode extends vscode.TreeItem implements TreeNode {
  readonly parent = undefined;
  readonly children: readonly TreeNode[] = [];

  constructor(hidden: number) {
    super('Show older…');
    this.id = 'older';
    this.description = `${hidden} more`;
    this.iconPath = new vscode.ThemeIcon('ellipsis');
    this.contextValue = 'older';
    this.accessibilityInformation = { label: `Show older corrections, ${hidden} more` };
    this.command = { command: showOlderCommand, title: 'Show Older' };
  }
}
