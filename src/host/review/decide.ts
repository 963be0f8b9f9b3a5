import * as vscode from 'vscode';
import { PipelineError } from '../../core/errors';
import type { Improvement } from '../../core/model/improvement';
import type { Workspace } from '../../node/openWorkspace';
import type { Host } from '../host';
import { commandIds, schemes } from '../ids';
import { reviewTabs } from './activeReview';
import { showNextHunk } from './showNextHunk';
import { idOf } from './uris';

/** What the person typed counts from the moment of their decision, saved or not. */
async function saveProposal(improvementId: string): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    const ours = document.uri.scheme === schemes.proposal && idOf(document.uri) === improvementId;
    if (!ours || !document.isDirty || (await document.save())) continue;
    throw new PipelineError('STORAGE_FAILED', 'What you typed in the review could not be saved.', {
      subject: improvementId,
      remedy: 'Save the document or undo your edits, then decide again. Nothing was decided.',
    });
  }
}

function tellEnd(host: Host, improvement: Improvement): void {
  const { version, templateId, improvementId } = improvement;
  const undo = () => vscode.commands.executeCommand(commandIds.reopenReview, { improvementId });
  if (version === undefined) {
    void vscode.window
      .showInformationMessage('Review finished: nothing was accepted, and the prompt stays as it is.', 'Undo')
      .then((choice) => (choice === undefined ? undefined : undo()));
    return;
  }
  const accepted = improvement.hunks.filter((hunk) => hunk.decision === 'accepted').length;
  const message = `Review finished: version ${version} holds ${accepted} of ${improvement.hunks.length} hunks. No agent’s file was touched yet.`;
  // Not awaited: the notification stays until the person answers.
  void vscode.window
    .showInformationMessage(message, 'Deploy', 'Show Versions', 'Undo')
    .then(async (choice) => {
      if (choice === 'Deploy')
        await vscode.commands.executeCommand(commandIds.deploy, { templateId, version });
      if (choice === 'Undo') await undo();
      if (choice === 'Show Versions') await host.tree.revealTemplate(templateId);
    });
}

/**
 * Carries out one decision: saves what the person typed, lets the core decide, and shows both sides anew in place. The
 * diff stays open until nothing is pending.
 */
export async function decide(
  host: Host,
  improvementId: string,
  act: (workspace: Workspace) => Promise<Improvement>,
): Promise<Improvement> {
  await saveProposal(improvementId);
  const workspace = await host.session.open();
  const improvement = await act(workspace);
  host.documents.refreshAll();
  host.session.refresh();
  if (improvement.hunks.some((hunk) => hunk.decision === 'pending')) {
    await showNextHunk(host, improvement);
    return improvement;
  }
  return close(host, improvement);
}

async function close(host: Host, improvement: Improvement): Promise<Improvement> {
  await vscode.window.tabGroups.close(reviewTabs(improvement.improvementId), true);
  // What was moved is decided elsewhere, and who moved it was told where.
  if (improvement.hunks.some((hunk) => hunk.movedTo === undefined)) tellEnd(host, improvement);
  return improvement;
}

/** Ends a review at the person's wish: what is pending stays out. */
export async function endReview(host: Host, improvementId: string): Promise<Improvement> {
  await saveProposal(improvementId);
  const workspace = await host.session.open();
  const { improvement } = await workspace.review.finish(improvementId);
  host.documents.refreshAll();
  host.session.refresh();
  return close(host, improvement);
}
