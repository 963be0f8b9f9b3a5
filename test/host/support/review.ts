import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Improvement } from '../../../src/core/model/improvement';
import { commandIds, schemes } from '../../../src/host/ids';
import { root, run } from './workspace';

export async function recordOf<T>(path: string): Promise<T> {
  const uri = vscode.Uri.joinPath(vscode.Uri.file(root()), '.claude-pm', path);
  return JSON.parse(Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8'));
}

export function improvementRecord(improvementId: string): Promise<Improvement> {
  return recordOf(`prompt_improvement/improvements/${improvementId}.json`);
}

/** The improvement with the most pending hunks among those that the test did not refute. */
export async function largestImprovement(): Promise<Improvement> {
  const folder = vscode.Uri.joinPath(vscode.Uri.file(root()), '.claude-pm/prompt_improvement/improvements');
  const names = await vscode.workspace.fs.readDirectory(folder);
  const all = await Promise.all(
    names.flatMap(([name]) => (name.endsWith('.json') ? [improvementRecord(name.slice(0, -5))] : [])),
  );
  const pending = (one: Improvement) => one.hunks.filter((hunk) => hunk.decision === 'pending').length;
  const [largest] = all
    .filter((one) => one.validation?.verdict !== 'reject')
    .sort((a, b) => pending(b) - pending(a) || (a.improvementId < b.improvementId ? -1 : 1));
  assert.ok(largest, 'there is an improvement to review');
  return largest;
}

/** Opens a review and gives its two sides as documents. */
export async function openReview(
  improvementId: string,
): Promise<{ current: vscode.TextDocument; proposal: vscode.TextDocument }> {
  await run(commandIds.reviewImprovement, { improvementId });
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  assert.ok(input instanceof vscode.TabInputTextDiff, 'a diff is in front');
  assert.equal(input.original.scheme, schemes.current);
  assert.equal(input.modified.scheme, schemes.proposal);
  return {
    current: await vscode.workspace.openTextDocument(input.original),
    proposal: await vscode.workspace.openTextDocument(input.modified),
  };
}

export interface Lens {
  readonly title: string;
  readonly line: number;
  /** What pressing it runs. */
  readonly command: string;
  readonly hunkId: string;
}

export async function lensesOf(document: vscode.TextDocument): Promise<readonly Lens[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    50,
  );
  return lenses.flatMap(({ command, range }) =>
    command
      ? [
          {
            title: command.title,
            line: range.start.line,
            command: command.command,
            hunkId: command.command.slice(command.command.lastIndexOf('/') + 1),
          },
        ]
      : [],
  );
}
