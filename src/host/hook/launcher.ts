import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { LauncherTarget } from '../../node/hookLauncher';
import { loadEngine } from '../engine';

/** What the launcher runs: this version's bundle, by a `node` on the PATH, else by VS Code itself. */
export function launcherTarget(context: vscode.ExtensionContext): LauncherTarget {
  return {
    script: vscode.Uri.joinPath(context.extensionUri, 'dist', 'hook.js').fsPath,
    runtime: process.execPath,
  };
}

/** An update moves the extension: the launcher, where it was installed, is pointed to the bundle that is there now. */
export async function refreshHookLauncher(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): Promise<void> {
  if (!vscode.workspace.isTrusted) return;
  try {
    await (await loadEngine()).refreshLauncher(homedir(), launcherTarget(context));
  } catch (error) {
    log.warn(`The capture hook's launcher could not be brought up to date: ${String(error)}`);
  }
}
