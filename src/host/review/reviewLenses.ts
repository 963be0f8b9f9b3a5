import * as vscode from 'vscode';
import type { Hunk } from '../../core/model/improvement';
import { type CommandId, commandIds, schemes } from '../ids';
import type { WorkspaceSession } from '../workspaceSession';
import { HunkCommands } from './hunkCommands';
import type { ReviewDocuments } from './reviewDocuments';
import { locateInDocument } from './reviewState';

const whyLens = { command: commandIds.whyHunk, title: 'Why' };

/** "Accept hunk | Reject hunk | Move… | Why" for a pending hunk, and the way back for a decided one. */
const lensesOf: Readonly<Record<Hunk['decision'], readonly { command: CommandId; title: string }[]>> = {
  pending: [
    { command: commandIds.acceptHunk, title: 'Accept hunk' },
    { command: commandIds.rejectHunk, title: 'Reject hunk' },
    { command: commandIds.moveHunk, title: 'Move…' },
    whyLens,
  ],
  accepted: [{ command: commandIds.undoDecision, title: 'Accepted · Undo' }, whyLens],
  rejected: [{ command: commandIds.undoDecision, title: 'Rejected · Undo' }, whyLens],
};

/** CodeLenses above every hunk on the right side of a review. */
export function registerReviewLenses(
  session: WorkspaceSession,
  documents: ReviewDocuments,
): vscode.Disposable {
  const commands = new HunkCommands();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: documents.onDidRefresh,
    async provideCodeLenses(document) {
      const found = await locateInDocument(session, document);
      if (!found) return [];
      const { improvementId } = found.improvement;
      return found.locations.flatMap(({ hunk, line }) =>
        lensesOf[hunk.decision].map(
          ({ command, title }) =>
            new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
              command: commands.idFor(command, improvementId, hunk.hunkId),
              title,
            }),
        ),
      );
    },
  };
  return vscode.Disposable.from(
    commands,
    vscode.languages.registerCodeLensProvider({ scheme: schemes.proposal }, provider),
  );
}
