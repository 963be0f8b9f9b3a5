import * as vscode from 'vscode';
import type { Improvement } from '../../core/model/improvement';
import type { Host } from '../host';
import { proposalEditor } from './activeReview';
import { goToHunk } from './target';

/** VS Code reads a changed document again within some tens of milliseconds. */
const reloadMilliseconds = 1500;

function sameText(document: vscode.TextDocument, text: string): boolean {
  const plain = (one: string) => one.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  return plain(document.getText()) === plain(text);
}

/** Waits until an open document shows `text`, or for as long as a reload may take. */
async function whenReloaded(document: vscode.TextDocument, text: string): Promise<void> {
  if (sameText(document, text)) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      subscription.dispose();
      resolve();
    };
    const timer = setTimeout(done, reloadMilliseconds);
    const subscription = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document && sameText(document, text)) done();
    });
  });
}

/** Brings the next pending hunk into sight after a decision, so that a review goes on without scrolling. */
export async function showNextHunk(host: Host, improvement: Improvement): Promise<void> {
  const { improvementId } = improvement;
  const editor = proposalEditor(improvementId);
  if (!editor) return;
  const { proposedText } = await (await host.session.open()).review.show(improvementId);
  await whenReloaded(editor.document, proposedText);
  await goToHunk(host, improvementId, (location) => location.hunk.decision === 'pending');
}
