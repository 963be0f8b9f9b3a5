import * as vscode from 'vscode';
import type { CorrectionsFeed } from '../corrections/correctionsFeed';
import { schemes } from '../ids';
import { VirtualFiles } from '../review/virtualFiles';
import type { WorkspaceSession } from '../workspaceSession';
import { sourcePath } from './sourcePath';
import { excerptOf, linesAround } from './transcriptLines';

// Addresses: `claude-pm-correction:/<id>/correction.json`, and `…/<id>/line-<number>.jsonc` for a place in a transcript
// that is too large to open.

const encoder = new TextEncoder();

function addressOf(correctionId: string, name: string): vscode.Uri {
  return vscode.Uri.from({ scheme: schemes.correction, path: `/${correctionId}/${name}` });
}

/** Shows the record as it is kept, redacted. */
export async function openStoredCorrection(correctionId: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', addressOf(correctionId, 'correction.json'), {
    preview: true,
  });
}

/** Shows one line of its transcript with the two beside it. */
export async function openTranscriptLine(correctionId: string, line: number): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', addressOf(correctionId, `line-${line}.jsonc`), {
    preview: true,
  });
}

/** The read-only documents behind those addresses. */
export function registerStoredCorrections(
  session: WorkspaceSession,
  feed: CorrectionsFeed,
): vscode.Disposable {
  const files = new VirtualFiles({
    read: async (uri) => {
      const [, correctionId = '', name = ''] = uri.path.split('/');
      const correction = await feed.find(correctionId);
      if (!correction) throw vscode.FileSystemError.FileNotFound(uri);
      const line = /^line-\d+\.jsonc$/.test(name) ? correction.evidence.line : undefined;
      if (line === undefined) return encoder.encode(`${JSON.stringify(correction, null, 2)}\n`);
      const file = sourcePath((await session.open()).root, correction.evidence);
      return encoder.encode(excerptOf(file, await linesAround(file, line)));
    },
  });
  return vscode.Disposable.from(
    files,
    vscode.workspace.registerFileSystemProvider(schemes.correction, files, { isReadonly: true }),
  );
}
