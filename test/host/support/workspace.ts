import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/host/extension';
import type { TreeNode } from '../../../src/host/tree/node';

/** The open folder: a copy of the sample project, made for this run. */
export function root(): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  return folder.uri.fsPath;
}

export function bytesOf(path: string): Promise<Buffer> {
  return readFile(join(root(), path));
}

export function extension(): vscode.Extension<ExtensionApi> {
  const found = vscode.extensions.all.find((one) => one.packageJSON.name === 'claude-pm-prompts');
  assert.ok(found, 'the extension is installed');
  return found;
}

/** Runs a command of ours and gives what it returned. */
export async function run<T>(command: string, argument?: unknown): Promise<T> {
  return vscode.commands.executeCommand<T>(command, argument);
}

/** Rows of the tree, each with its level, label and description. */
export async function treeRows(): Promise<readonly { level: number; node: TreeNode; text: string }[]> {
  const { tree } = await extension().activate();
  const rows: { level: number; node: TreeNode; text: string }[] = [];
  async function visit(parent: TreeNode | undefined, level: number): Promise<void> {
    for (const node of await tree.getChildren(parent)) {
      const label = typeof node.label === 'string' ? node.label : (node.label?.label ?? '');
      rows.push({
        level,
        node,
        text: `${label} ${typeof node.description === 'string' ? node.description : ''}`.trim(),
      });
      await visit(node, level + 1);
    }
  }
  await visit(undefined, 0);
  return rows;
}

/** The tooltip that a row gets when the pointer rests on it: plain text, whatever records hold. */
export async function tooltipOf(
  node: TreeNode,
  token: vscode.CancellationToken = new vscode.CancellationTokenSource().token,
): Promise<string> {
  const { tree } = await extension().activate();
  const { tooltip } = await tree.resolveTreeItem(new vscode.TreeItem(''), node, token);
  assert.ok(tooltip instanceof vscode.MarkdownString);
  assert.equal(tooltip.isTrusted, false);
  assert.equal(tooltip.supportHtml, false);
  return tooltip.value;
}

/** Waits until `probe` gives something; VS Code reloads documents a moment after they changed. */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) assert.fail(`${what} did not happen within 20 seconds`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
