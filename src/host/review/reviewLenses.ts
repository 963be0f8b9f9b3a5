import * as vscode from 'vscode';
import type { Hunk } from '../../core/model/improvement';
import { type CommandId, commandIds, schemes } from '../ids';
import { oneLine } from '../plainText';
import type { WorkspaceSession } from '../workspaceSession';
import { HunkCommands } from './hunkCommands';
import type { ReviewDocuments } from './reviewDocuments';
import { type LocatedReview, locateInDocument } from './reviewState';

interface LensText {
  readonly command: CommandId;
  readonly title: string;
}

const reasonLength = 40;

function whyLens({ confidence }: Hunk, draft: boolean): LensText {
  const title = draft ? `Why · draft, ${Math.round(confidence * 100)}%` : 'Why';
  return { command: commandIds.whyHunk, title };
}

/** "Accept hunk | Reject hunk | Edit | Move… | Why" for a pending hunk, and the way back for a decided one. */
function lensesOf(hunk: Hunk, { improvement, edited, conflicts }: LocatedReview): readonly LensText[] {
  const why = whyLens(hunk, improvement.status === 'draft');
  if (hunk.decision !== 'pending') {
    const reason =
      hunk.decision === 'rejected' && hunk.decisionReason !== undefined
        ? ` (${oneLine(hunk.decisionReason, reasonLength)})`
        : '';
    const done = hunk.decision === 'accepted' ? 'Accepted' : `Rejected${reason}`;
    return [{ command: commandIds.undoDecision, title: `${done} · Undo` }, why];
  }
  const reject: LensText = { command: commandIds.rejectHunk, title: 'Reject hunk' };
  const move: LensText = { command: commandIds.moveHunk, title: 'Move…' };
  const conflict = conflicts.find(({ hunkId }) => hunkId === hunk.hunkId);
  if (conflict !== undefined) {
    const title = `$(warning) The prompt changed here in ${conflict.version} · Compare`;
    return [{ command: commandIds.showConflict, title }, reject, why];
  }
  const own = edited.has(hunk.hunkId);
  return [
    { command: commandIds.acceptHunk, title: own ? 'Accept as edited' : 'Accept hunk' },
    reject,
    own ? { command: commandIds.resetHunk, title: 'Reset' } : { command: commandIds.editHunk, title: 'Edit' },
    move,
    why,
  ];
}

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
        lensesOf(hunk, found).map(
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
