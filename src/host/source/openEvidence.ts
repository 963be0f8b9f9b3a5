import * as vscode from 'vscode';
import type { Evidence } from '../../core/model/common';
import { withoutLinks } from '../plainText';
import { isBelow, sourcePath } from './sourcePath';
import { openStoredCorrection, openTranscriptLine } from './storedCorrections';

/** VS Code sends no larger file to extensions and opens it without most of its help. Bytes. */
const largestFile = 50 * 1024 * 1024;

export type OpenedEvidence = 'source' | 'line' | 'missing' | 'not-trusted';

/**
 * Opens the place that a quotation comes from. `line` counts from 1; 0 stands for the whole file. Where it is gone, or may
 * not be read in Restricted Mode, the person is told and can look at what was stored.
 */
export async function openEvidence(
  root: string,
  evidence: Evidence,
  correctionId: string,
): Promise<OpenedEvidence> {
  const file = sourcePath(root, evidence);
  if (!vscode.workspace.isTrusted && !isBelow(root, file)) {
    const message = `${file} lies outside of this folder, which is in Restricted Mode. It was not opened.`;
    offerStored(message, correctionId);
    return 'not-trusted';
  }
  const size = await sizeOf(vscode.Uri.file(file));
  if (size === undefined) {
    const message = `${file} is not there any more; agents delete their sessions after some weeks. What was stored of it is kept.`;
    offerStored(message, correctionId);
    return 'missing';
  }
  if (size > largestFile && evidence.line > 0) {
    await openTranscriptLine(correctionId, evidence.line);
    return 'line';
  }
  const place = new vscode.Position(Math.max(0, evidence.line - 1), 0);
  // `vscode.open` and no text document: a transcript may be larger than what extensions are sent.
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file), {
    selection: new vscode.Range(place, place),
    preview: true,
  });
  return 'source';
}

async function sizeOf(uri: vscode.Uri): Promise<number | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).size;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}

/** Not awaited: the notification stays until the person answers. */
function offerStored(message: string, correctionId: string): void {
  const choice = 'Show Stored Correction';
  void vscode.window.showWarningMessage(withoutLinks(message), choice).then(async (chosen) => {
    if (chosen) await openStoredCorrection(correctionId);
  });
}
