import * as vscode from 'vscode';
import type { Hunk } from '../../core/model/improvement';
import { commandIds, schemes } from '../ids';
import type { WorkspaceSession } from '../workspaceSession';
import type { ReviewDocuments } from './reviewDocuments';
import { locateInDocument } from './reviewState';

function commandsFor(hunk: Hunk, improvementId: string): vscode.Command[] {
  const args = [{ improvementId, hunkId: hunk.hunkId }];
  if (hunk.decision === 'pending') {
    return [
      { command: commandIds.acceptHunk, title: 'Accept hunk', arguments: args },
      { command: commandIds.rejectHunk, title: 'Reject hunk', arguments: args },
      { command: commandIds.whyHunk, title: 'Why', arguments: args },
    ];
  }
  const title = hunk.decision === 'accepted' ? 'Accepted · Undo' : 'Rejected · Undo';
  return [
    { command: commandIds.undoDecision, title, arguments: args },
    { command: commandIds.whyHunk, title: 'Why', arguments: args },
  ];
}

/** "Accept hunk | Reject hunk | Why" above every pending hunk of a review, and the way back above every decided one. */
export class ReviewLenses implements vscode.CodeLensProvider {
  readonly #session: WorkspaceSession;
  readonly onDidChangeCodeLenses: vscode.Event<void>;

  constructor(session: WorkspaceSession, documents: ReviewDocuments) {
    this.#session = session;
    this.onDidChangeCodeLenses = documents.onDidRefresh;
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const found = await locateInDocument(this.#session, document);
    if (!found) return [];
    const { improvementId } = found.improvement;
    return found.locations.flatMap(({ hunk, line }) => {
      const place = new vscode.Range(line, 0, line, 0);
      return commandsFor(hunk, improvementId).map((command) => new vscode.CodeLens(place, command));
    });
  }
}

export function registerReviewLenses(
  session: WorkspaceSession,
  documents: ReviewDocuments,
): vscode.Disposable {
  return vscode.languages.registerCodeLensProvider(
    { scheme: schemes.proposal },
    new ReviewLenses(session, documents),
  );
}
