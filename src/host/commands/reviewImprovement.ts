import * as vscode from 'vscode';
import type { Command } from '../command';
import { commandIds } from '../ids';
import { pickImprovement } from '../pickers';
import { currentUri, proposalUri } from '../review/uris';

/** Opens an improvement in the native diff: what is accepted so far on the left, the proposal on the right. */
export const reviewImprovement: Command = {
  id: commandIds.reviewImprovement,
  needsTrust: false,
  async run(host, args) {
    const improvementId = await pickImprovement(host, args.improvementId);
    if (improvementId === undefined) return undefined;
    const workspace = await host.session.open();
    const { improvement } = await workspace.review.show(improvementId);
    const template = await workspace.templates.get(improvement.templateId);
    const proposal = proposalUri(improvementId, template.path);
    const title = `${template.path}: ${improvement.baseVersion} ↔ improvement (${improvement.status})`;
    await vscode.commands.executeCommand(
      'vscode.diff',
      currentUri(improvementId, template.path),
      proposal,
      title,
      { preview: false },
    );
    return { improvementId, proposal: proposal.toString() };
  },
};
